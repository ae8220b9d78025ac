import type { DeadlineStatus } from '../deadlines/deadline.ts';
import type { DeadlineRule, DeadlineStart } from '../reference/deadline-rules.ts';
import { type LabelsOf, label } from './label.ts';
import { NOT_KNOWN } from './shared.ts';

export const DEADLINE_STATUS_LABELS: LabelsOf<DeadlineStatus> = {
  running: label('Running', '计时中', 'Đang tính'),
  met: label('Met', '已按期完成', 'Đã hoàn thành đúng hạn'),
  expired: label('Expired', '已逾期', 'Đã quá hạn'),
  ended: label('Ended: nothing is due any more', '已终止', 'Đã chấm dứt'),
};

/** What a deadline is counted from. */
export const DEADLINE_START_LABELS: LabelsOf<DeadlineStart> = {
  'provisional-arrest': label('Provisional arrest', '临时拘留', 'Bắt khẩn cấp'),
  'agreed-handover': label('Agreed date of the handover', '约定的移交日期', 'Ngày bàn giao đã thỏa thuận'),
  'temporary-surrender': label('Temporary surrender', '临时引渡', 'Dẫn độ tạm thời'),
  'due-date': label('Due date', '截止日期', 'Ngày đến hạn'),
};

/** The terms of rules that are no number of days. */
export const DEADLINE_TERM_LABELS: LabelsOf<Extract<DeadlineRule['term'], string>> = {
  stated: label('As the record says', '以记录为准', 'Theo hồ sơ ghi nhận'),
  'not-known': NOT_KNOWN,
};

export const EXTENSION_CONDITION_LABELS: LabelsOf<NonNullable<DeadlineRule['extension']>['when']> = {
  'on-request': label('On request', '经请求', 'Theo yêu cầu'),
  'beyond-control': label('For reasons beyond control', '因不可抗力', 'Vì lý do bất khả kháng'),
};
