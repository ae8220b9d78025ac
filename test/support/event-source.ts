/** One server-sent event, or a comment that keeps the connection alive. */
export interface SentEvent {
  readonly id: string | undefined;
  readonly data: string | undefined;
}

/** What a text/event-stream says, as far as it is read. https://html.spec.whatwg.org/multipage/server-sent-events.html */
export async function* sentEvents(answer: Response): AsyncGenerator<SentEvent> {
  let text = '';
  for await (const chunk of (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream() as never)) {
    text += chunk as unknown as string;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const fields = new Map(
        text
          .slice(0, end)
          .split('\n')
          .map((line) => line.split(/: ?(.*)/s, 2) as [string, string]),
      );
      text = text.slice(end + 2);
      yield { id: fields.get('id'), data: fields.get('data') };
    }
  }
}
