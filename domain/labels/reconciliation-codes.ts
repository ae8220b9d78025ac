import type { BOOKS, Decision } from '../reconciliation/events.ts';
import type { ListLine } from '../reconciliation/lines.ts';
import type { ComparedField, ComparisonResult, Explanation } from '../reconciliation/results.ts';
import { type LabelsOf, label } from './label.ts';
import { BORDER_PASS, DATE_OF_HANDOVER } from './shared.ts';

const NUMBER_OF_MINUTES = label('Number of the minutes', '移交笔录编号', 'Số biên bản');
const DIRECTION = label('Direction', '移交方向', 'Chiều bàn giao');
const KIND_OF_CASE = label('Kind of case', '个案类别', 'Loại hồ sơ');
const NAME = label('Name', '姓名', 'Họ tên');
const BIRTH_DATE = label('Date of birth', '出生日期', 'Ngày sinh');

/** What comes of a line when two books are held against each other; `to-be-compared` before they are. */
export const COMPARISON_RESULT_LABELS: LabelsOf<ComparisonResult | 'to-be-compared'> = {
  'to-be-compared': label('Still to be compared', '待核对', 'Chờ đối chiếu'),
  matched: label('In both books alike', '双方一致', 'Khớp ở cả hai sổ'),
  conflicting: label('In both books, not alike', '双方均有但不一致', 'Có ở cả hai sổ nhưng khác nhau'),
  'theirs-only': label('In their book alone', '仅见于对方台账', 'Chỉ có trong sổ của bên kia'),
  'ours-only': label('In our book alone', '仅见于本方台账', 'Chỉ có trong sổ của bên này'),
  ambiguous: label('Can be several', '可能对应多人', 'Có thể là nhiều người'),
};

/** In what the two books differ. */
export const COMPARED_FIELD_LABELS: LabelsOf<ComparedField> = {
  minutes: NUMBER_OF_MINUTES,
  date: DATE_OF_HANDOVER,
  pass: BORDER_PASS,
  direction: DIRECTION,
  kind: KIND_OF_CASE,
  name: NAME,
  'birth-date': BIRTH_DATE,
  person: label('Person', '当事人', 'Người được bàn giao'),
};

/** What explains it. */
export const EXPLANATION_LABELS: LabelsOf<Explanation> = {
  'new-year': label(
    'New Year by the clock of one side alone',
    '仅按一方时间已是新年',
    'Chỉ theo giờ của một bên đã sang năm mới',
  ),
  midnight: label(
    'The next day by the clock of one side alone',
    '仅按一方时间已是次日',
    'Chỉ theo giờ của một bên đã sang ngày hôm sau',
  ),
  'outside-period': label('Outside of the period', '不在核对期间内', 'Ngoài kỳ đối chiếu'),
  'date-open': label(
    'The date leaves open whether it is of the period',
    '日期不详，无法确定是否在期间内',
    'Ngày không rõ có thuộc kỳ đối chiếu hay không',
  ),
  'listed-twice': label('Listed twice', '名单中重复列出', 'Được liệt kê hai lần'),
};

/** How a line is settled. */
export const DECISION_LABELS: LabelsOf<Decision> = {
  'ours-stands': label('Our book stands', '以本方台账为准', 'Giữ theo sổ của bên này'),
  'theirs-stands': label('Their book stands', '以对方台账为准', 'Giữ theo sổ của bên kia'),
  explained: label('Explained, both stand', '差异已说明，双方均予保留', 'Đã giải thích, giữ cả hai'),
  'matched-with': label(
    'Is a handover of our book',
    '对应本方台账中的一次移交',
    'Là một lần bàn giao trong sổ của bên này',
  ),
  'matched-together': label(
    'As many in both books, whichever is which',
    '双方人数相同，合并认定一致',
    'Hai sổ có số người bằng nhau, khớp theo nhóm',
  ),
  'not-the-same': label('Two handovers, not one', '并非同一次移交', 'Không phải cùng một lần bàn giao'),
  'not-counted': label('Does not count', '不计入', 'Không tính'),
};

/** The two books, as the side that keeps the ledger calls them. */
export const BOOK_LABELS: LabelsOf<(typeof BOOKS)[number]> = {
  theirs: label('Their book', '对方台账', 'Sổ của bên kia'),
  ours: label('Our book', '本方台账', 'Sổ của bên này'),
};

/** The columns of a list, as tables are headed in either language. */
export const LIST_COLUMN_LABELS: LabelsOf<keyof ListLine> = {
  number: NUMBER_OF_MINUTES,
  date: DATE_OF_HANDOVER,
  pass: BORDER_PASS,
  direction: DIRECTION,
  kind: KIND_OF_CASE,
  names: NAME,
  birthDate: BIRTH_DATE,
  document: label('Number of an identity document', '证件号码', 'Số giấy tờ tùy thân'),
  caseNumber: label('Case number', '案件编号', 'Số hồ sơ'),
};
