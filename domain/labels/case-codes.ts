import type { z } from 'zod';
import type {
  CaseEventOf,
  CaseEventType,
  HANDOVER_FIELDS,
  HANDOVER_REFUSED_FOR,
  identityBasisSchema,
} from '../case/events.ts';
import type { Agreement } from '../case/handover-lines.ts';
import type { CaseState, ConsentGiver } from '../case/state.ts';
import { CASE_EVENT_LABELS } from './case-events.ts';
import { CASE_KIND_LABELS } from './case-statuses.ts';
import { type LabelsOf, label } from './label.ts';
import {
  BORDER_PASS,
  DATE_OF_HANDOVER,
  DIED,
  DNA,
  ESCAPED,
  FINGERPRINTS,
  IDENTITY_DOCUMENT,
  OTHER,
  PHOTOGRAPH,
  REFUSED,
  REQUEST_WITHDRAWN,
  SENTENCE_SERVED,
} from './shared.ts';

/** The codes that a field of an event can have. */
type CodeOf<Type extends CaseEventType, Field extends string> =
  CaseEventOf<Type>['data'] extends Readonly<Partial<Record<Field, infer Codes>>>
    ? Extract<Codes extends readonly (infer Code)[] ? Code : Codes, string>
    : never;

export const WARRANT_KIND_LABELS: LabelsOf<NonNullable<CaseState['warrant']>['kind']> = {
  warrant: label('Arrest warrant', '逮捕令', 'Lệnh bắt'),
  judgment: label('Judgment', '判决', 'Bản án'),
  'red-notice': label('Red notice', '红色通报', 'Thông báo đỏ'),
};

export const RELEASE_CAUSE_LABELS: LabelsOf<CodeOf<'released', 'cause'>> = {
  'no-formal-request': label('No formal request arrived', '未收到正式请求', 'Không nhận được yêu cầu chính thức'),
  'not-collected': CASE_EVENT_LABELS['not-collected'],
  refused: REFUSED,
  'request-withdrawn': REQUEST_WITHDRAWN,
  'not-the-person': label('Not the person sought', '并非被寻找人员', 'Không phải người cần tìm'),
  'sentence-served': SENTENCE_SERVED,
  'freed-by-detainers': label('Freed by the detainers', '被拘禁者放走', 'Được người giam giữ thả'),
  other: OTHER,
};

export const IDENTITY_METHOD_LABELS: LabelsOf<CodeOf<'identity-verified', 'method'>> = {
  fingerprints: FINGERPRINTS,
  document: IDENTITY_DOCUMENT,
  photograph: PHOTOGRAPH,
  dna: DNA,
  interview: label('Interview', '询问', 'Hỏi trực tiếp'),
  other: OTHER,
};

/** On what two cases are held to be of one person, or of two. */
export const IDENTITY_BASIS_LABELS: LabelsOf<z.infer<typeof identityBasisSchema>> = {
  document: IDENTITY_DOCUMENT,
  fingerprints: FINGERPRINTS,
  dna: DNA,
  photograph: PHOTOGRAPH,
  statement: label("The person's own statement", '本人陈述', 'Lời khai của đương sự'),
  'other-side': label('Word of the other side', '对方说明', 'Thông tin của bên kia'),
  other: OTHER,
};

export const PROTECTION_OUTCOME_LABELS: LabelsOf<CodeOf<'protection-check-recorded', 'outcome'>> = {
  'no-bar': label('Nothing bars the removal', '无移交障碍', 'Không có trở ngại đối với việc bàn giao'),
  bar: label('The removal is barred', '存在移交障碍', 'Có trở ngại đối với việc bàn giao'),
};

export const PROTECTION_MATTER_LABELS: LabelsOf<CodeOf<'protection-check-recorded', 'considered'>> = {
  'torture-risk': label('Risk of torture', '酷刑风险', 'Nguy cơ bị tra tấn'),
  'asylum-claim': label('Asylum claim', '庇护申请', 'Yêu cầu tị nạn'),
  age: label('Age', '年龄', 'Độ tuổi'),
  'trafficking-indicators': label('Signs of trafficking', '被拐卖迹象', 'Dấu hiệu bị mua bán'),
  health: label('Health', '健康状况', 'Sức khỏe'),
  family: label('Family', '家庭', 'Gia đình'),
};

export const ASSURANCE_SUBJECT_LABELS: LabelsOf<CodeOf<'assurance-given', 'subject'>> = {
  'death-penalty': label('Death penalty', '死刑', 'Án tử hình'),
  speciality: label('Speciality', '特定性原则', 'Nguyên tắc đặc biệt'),
  retrial: label('Retrial', '重新审判', 'Xét xử lại'),
  'humane-treatment': label('Humane treatment', '人道待遇', 'Đối xử nhân đạo'),
  other: OTHER,
};

export const RISK_OUTCOME_LABELS: LabelsOf<CodeOf<'risk-assessed', 'outcome'>> = {
  'safe-to-return': label('Safe to return', '可以安全返回', 'Trở về an toàn'),
  'not-safe-to-return': label('Not safe to return', '返回不安全', 'Trở về không an toàn'),
};

export const CONSENT_GIVER_LABELS: LabelsOf<ConsentGiver> = {
  victim: label('Victim', '受害者', 'Nạn nhân'),
  'sentencing-party': label('Sentencing Party', '判刑方', 'Bên kết án'),
  'administering-party': label('Administering Party', '执行方', 'Bên thi hành án'),
  person: CASE_KIND_LABELS['sentenced-person'],
};

/** Why a person was not handed over at the line. */
export const HANDOVER_REFUSAL_LABELS: LabelsOf<(typeof HANDOVER_REFUSED_FOR)[number]> = {
  'no-show': label('Did not appear', '未到场', 'Không có mặt'),
  'documents-missing': label('Documents missing', '文件不全', 'Thiếu giấy tờ'),
  'identity-in-doubt': label('Identity in doubt', '身份存疑', 'Danh tính còn nghi vấn'),
  'unfit-to-travel': label('Unfit to travel', '不适合旅行', 'Không đủ sức khỏe để di chuyển'),
  other: OTHER,
};

/** What two sides' words of one handover can differ in. */
export const HANDOVER_FIELD_LABELS: LabelsOf<(typeof HANDOVER_FIELDS)[number]> = {
  person: label('Person', '人员', 'Người'),
  'handover-date': DATE_OF_HANDOVER,
  pass: BORDER_PASS,
};

export const COMPLETION_OUTCOME_LABELS: LabelsOf<CodeOf<'completion-reported', 'outcome'>> = {
  served: SENTENCE_SERVED,
  pardoned: label('Pardoned', '已获赦免', 'Được đặc xá'),
  commuted: label('Commuted', '已获减刑', 'Được giảm án'),
  escaped: ESCAPED,
  died: DIED,
};

/** How the words of the two sides go together: of a handover, of a result of an operation. */
export const AGREEMENT_LABELS: LabelsOf<Agreement> = {
  'one-sided': label('Stated by one side only', '仅一方陈述', 'Chỉ một bên nêu'),
  conflicting: label('The two sides differ', '双方不一致', 'Hai bên không thống nhất'),
  matched: label('The two sides say the same', '双方一致', 'Hai bên thống nhất'),
};

/** Whether two cases are of one person. */
export const LINK_VERDICT_LABELS: LabelsOf<'same' | 'not-same'> = {
  same: label('Same person', '同一人', 'Cùng một người'),
  'not-same': label('Not the same person', '并非同一人', 'Không phải cùng một người'),
};
