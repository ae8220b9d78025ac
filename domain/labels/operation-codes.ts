import type { MEASURES, OPERATION_KINDS, SUBJECTS } from '../operation/events.ts';
import { type LabelsOf, label } from './label.ts';
import { JOINT_OPERATION, OTHER } from './shared.ts';

export const OPERATION_KIND_LABELS: LabelsOf<(typeof OPERATION_KINDS)[number]> = {
  operation: JOINT_OPERATION,
  campaign: label('Joint campaign', '联合专项行动', 'Chiến dịch chung'),
  'annual-crackdown': label('Annual crackdown', '年度集中打击行动', 'Đợt cao điểm trấn áp hằng năm'),
  'joint-patrol': label('Joint patrol', '联合巡逻', 'Tuần tra chung'),
};

/** What operations are directed against. */
export const OPERATION_SUBJECT_LABELS: LabelsOf<(typeof SUBJECTS)[number]> = {
  drugs: label('Drugs', '毒品', 'Ma túy'),
  trafficking: label('Trafficking in persons', '贩运人口', 'Mua bán người'),
  fugitives: label('Fugitives', '逃犯', 'Đối tượng truy nã'),
  fraud: label('Fraud', '欺诈', 'Lừa đảo'),
  'illegal-entry': label('Illegal entry', '非法入境', 'Nhập cảnh trái phép'),
  gambling: label('Gambling', '赌博', 'Đánh bạc'),
  smuggling: label('Smuggling', '走私', 'Buôn lậu'),
  weapons: label('Weapons', '武器', 'Vũ khí'),
  'border-security': label('Border security', '边境安全', 'An ninh biên giới'),
  other: OTHER,
};

/** What is counted or measured of an operation's results. */
export const MEASURE_LABELS: LabelsOf<(typeof MEASURES)[number]> = {
  'incidents-cracked': label('Incidents cracked', '侦破案件', 'Vụ việc được khám phá'),
  arrests: label('Persons arrested', '抓获人员', 'Người bị bắt'),
  'persons-rescued': label('Persons rescued', '解救人员', 'Người được giải cứu'),
  'hubs-dismantled': label('Hubs dismantled', '捣毁窝点', 'Tụ điểm bị triệt phá'),
  seizure: label('Seizure', '缴获', 'Thu giữ'),
};
