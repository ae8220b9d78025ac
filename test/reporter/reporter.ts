import { Transform, type TransformCallback } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/**
 * A reporter for tap (`reporter` in .taprc): one line for each test file that passed, with what was skipped in it and why; all
 * there is of a file that failed; and, last, the failed files once more and `N passed, N failed`, with `, N skipped` where some were.
 *
 * A test is what stands in a file at the top: a `t.test`, with all within it, or a lone assertion. A file that fails without
 * a failing test in it (it crashed, was killed, ran out of time) counts as one failed. Tests marked as to be done count as skipped.
 */
export default class Reporter extends Transform {
  readonly #decoder = new StringDecoder('utf8');
  readonly #counts = { passed: 0, failed: 0, skipped: 0 };
  readonly #failedFiles: string[] = [];
  #unfinishedLine = '';
  /** What was read of the test file under way; undefined between files. */
  #file: string[] | undefined;
  /** Whether diagnostics of a failed file may follow. */
  #afterFailure = false;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const lines = (this.#unfinishedLine + this.#decoder.write(chunk)).split('\n');
    this.#unfinishedLine = lines.pop() ?? '';
    for (const line of lines) this.#read(line);
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#read(this.#unfinishedLine);
    if (this.#file !== undefined) this.#close('not ok - the run ended within this file');
    const { passed, failed, skipped } = this.#counts;
    const sum = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
    this.#print(['', ...this.#failedFiles, sum].join('\n'));
    done();
  }

  #read(line: string): void {
    if (line.startsWith('# Subtest: ')) this.#file = [line];
    else if (/^((not )?ok\b|Bail out!)/.test(line)) this.#close(line);
    else if (this.#file !== undefined) this.#file.push(line);
    else if (this.#afterFailure && line.startsWith('  ')) this.#print(line);
  }

  /** Ends a file by its result, such as `ok 3 - test/domain/x.test.ts # time=21ms`, or by a bail-out. */
  #close(result: string): void {
    const lines = this.#file ?? [];
    const tests = lines.filter((line) => TEST.test(line));
    const skipped = tests.filter((line) => SKIPPED.test(line));
    const failed = tests.filter((line) => line.startsWith('    not ok') && !SKIPPED.test(line)).length;
    this.#counts.skipped += skipped.length;
    this.#counts.failed += failed;
    this.#counts.passed += tests.length - skipped.length - failed;
    this.#file = undefined;
    this.#afterFailure = !result.startsWith('ok');
    if (this.#afterFailure) {
      if (failed === 0) this.#counts.failed += 1;
      this.#failedFiles.push(lines[0]?.replace('# Subtest: ', 'failed: ') ?? result);
      this.#print([...lines, result].join('\n'));
    } else {
      if (SKIPPED.test(result)) this.#counts.skipped += 1;
      this.#print([result, ...skipped].join('\n'));
    }
  }

  #print(text: string): void {
    this.push(`${text}\n`);
  }
}

/** The result of a test at the top of a file; tap indents what belongs to a file by four spaces. */
const TEST = /^ {4}(not )?ok\b/;

const SKIPPED = /# (SKIP|TODO)\b/i;
