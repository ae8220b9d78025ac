import type { CaseStatus } from '../case/lifecycles/vocabulary.ts';
import type { CaseKind } from '../reference/case-kinds.ts';
import { CASE_EVENT_LABELS as EVENTS } from './case-events.ts';
import { type LabelsOf, label } from './label.ts';
import { HANDED_OVER, NOT_OPENED } from './shared.ts';

export const CASE_KIND_LABELS: LabelsOf<CaseKind> = {
  fugitive: label('Fugitive', '逃犯', 'Đối tượng truy nã'),
  suspect: label('Suspect', '犯罪嫌疑人', 'Nghi phạm'),
  'irregular-entry': label('Irregular entry', '非法入境人员', 'Người nhập cảnh trái phép'),
  'trafficking-victim': label('Victim of trafficking', '被拐卖受害者', 'Nạn nhân bị mua bán'),
  'unlawful-detention': label('Person unlawfully detained', '被非法拘禁人员', 'Người bị giam giữ trái phép'),
  'sentenced-person': label('Sentenced person', '被判刑人', 'Người bị kết án phạt tù'),
};

/** Where a case stands is mostly what happened last. */
export const CASE_STATUS_LABELS: LabelsOf<CaseStatus> = {
  'not-opened': NOT_OPENED,
  reported: EVENTS.reported,
  located: EVENTS.located,
  captured: EVENTS.captured,
  found: EVENTS.found,
  identified: EVENTS['identified-as-victim'],
  rescued: EVENTS.rescued,
  'in-care': label('In care', '救助安置中', 'Đang ở cơ sở hỗ trợ'),
  'identity-verified': EVENTS['identity-verified'],
  'nationality-verified': EVENTS['nationality-verified'],
  'nationality-denied': EVENTS['nationality-denied'],
  'nationality-inconclusive': EVENTS['nationality-inconclusive'],
  'transfer-requested': EVENTS['transfer-requested'],
  'transfer-approved': EVENTS['transfer-approved'],
  'return-ordered': EVENTS['return-ordered'],
  transferred: EVENTS.transferred,
  'handed-over': HANDED_OVER,
  repatriated: label('Repatriated', '已送返', 'Đã hồi hương'),
  'receipt-acknowledged': EVENTS['receipt-acknowledged'],
  'received-by-service': EVENTS['received-by-service'],
  'completion-reported': EVENTS['completion-reported'],
  escaped: EVENTS.escaped,
  'left-care': EVENTS['left-care'],
  'held-by-receiving-party': label('Held by the receiving Party', '由接收方羁押', 'Đang do bên tiếp nhận giữ'),
  released: EVENTS.released,
  'returned-voluntarily': EVENTS['returned-voluntarily'],
  refused: EVENTS.refused,
  postponed: EVENTS.postponed,
  'temporarily-surrendered': EVENTS['temporarily-surrendered'],
  'warrant-withdrawn': EVENTS['warrant-withdrawn'],
  'request-withdrawn': EVENTS['request-withdrawn'],
  'repatriation-declined': EVENTS['repatriation-declined'],
  'mistaken-identity': EVENTS['mistaken-identity'],
  'identity-misused': EVENTS['identity-misused'],
  'not-collected': EVENTS['not-collected'],
  'handover-refused': EVENTS['handover-refused'],
  died: EVENTS.died,
  'continued-as-another-case': EVENTS['continued-as-another-case'],
  merged: EVENTS.merged,
  closed: EVENTS.closed,
  annulled: EVENTS.annulled,
};
