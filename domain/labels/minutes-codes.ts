import type { LINE_TASKS, SettledLine } from '../handover/events.ts';
import type { PlanDifference } from '../handover/kind.ts';
import type { LINE_OUTCOMES } from '../handover/lines.ts';
import { HANDOVER_REFUSAL_LABELS } from './case-codes.ts';
import { type LabelsOf, label } from './label.ts';
import { BORDER_PASS, DATE_OF_HANDOVER, HANDED_OVER } from './shared.ts';

/** What became of a person at the line, by the minutes. */
export const LINE_OUTCOME_LABELS: LabelsOf<(typeof LINE_OUTCOMES)[number]> = {
  'handed-over': HANDED_OVER,
  refused: label('Refused at the line', '被拒绝接收', 'Bị từ chối tiếp nhận'),
  'no-show': HANDOVER_REFUSAL_LABELS['no-show'],
};

/** What is to be done with a line in its case. */
export const LINE_TASK_LABELS: LabelsOf<(typeof LINE_TASKS)[number]> = {
  handover: label('Handover', '移交', 'Bàn giao'),
  acknowledgement: label('Acknowledgement of receipt', '确认接收', 'Xác nhận tiếp nhận'),
};

/** What came of it there. */
export const LINE_RESULT_LABELS: LabelsOf<SettledLine['result'] | 'open'> = {
  open: label('Still to be done', '待办理', 'Chờ xử lý'),
  recorded: label('Recorded in the case', '已记入个案', 'Đã ghi vào hồ sơ'),
  'taken-back': label('Taken back in the case', '已在个案中撤回', 'Đã rút lại trong hồ sơ'),
  'could-not-be': label('Could not be recorded', '未能记录', 'Không ghi nhận được'),
};

/** In what a handover was not as it had been agreed. */
export const PLAN_DIFFERENCE_LABELS: LabelsOf<PlanDifference> = {
  date: DATE_OF_HANDOVER,
  pass: BORDER_PASS,
  persons: label('Number of persons', '人数', 'Số người'),
};
