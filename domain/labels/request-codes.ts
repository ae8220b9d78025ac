import type { Handling, Outcome, ReasonToDecline, RequestKind, Urgency } from '../request/events.ts';
import { type LabelsOf, label } from './label.ts';
import { OTHER } from './shared.ts';

export const REQUEST_KIND_LABELS: LabelsOf<RequestKind> = {
  information: label('Information', '提供信息', 'Cung cấp thông tin'),
  location: label('Whereabouts of a person', '查找人员下落', 'Xác định tung tích'),
  'citizenship-verification': label('Verification of citizenship', '核实国籍', 'Xác minh quốc tịch'),
  evidence: label('Evidence', '提供证据', 'Cung cấp chứng cứ'),
  assistance: label('Assistance', '提供协助', 'Hỗ trợ'),
};

export const URGENCY_LABELS: LabelsOf<Urgency> = {
  routine: label('Routine', '普通', 'Thông thường'),
  urgent: label('Urgent', '紧急', 'Khẩn'),
  'most-urgent': label('Most urgent', '特急', 'Hỏa tốc'),
};

export const HANDLING_LABELS: LabelsOf<Handling> = {
  'for-police-use': label('For police use only', '仅供警务使用', 'Chỉ dùng trong công tác cảnh sát'),
  'not-to-be-forwarded': label('Not to be forwarded', '不得转发', 'Không được chuyển tiếp'),
  'not-as-evidence': label('Not to be used as evidence', '不得作为证据', 'Không được dùng làm chứng cứ'),
  confidential: label('Confidential', '保密', 'Mật'),
};

export const REQUEST_OUTCOME_LABELS: LabelsOf<Outcome> = {
  answered: label('Answered', '已答复', 'Đã trả lời'),
  found: label('Found', '已找到', 'Đã tìm thấy'),
  'not-found': label('Not found', '未找到', 'Không tìm thấy'),
  confirmed: label('Confirmed', '已证实', 'Được xác nhận'),
  denied: label('Denied', '已否认', 'Bị phủ nhận'),
  inconclusive: label('Inconclusive', '无法确定', 'Không xác định được'),
  'carried-out': label('Carried out', '已执行', 'Đã thực hiện'),
};

export const REASON_TO_DECLINE_LABELS: LabelsOf<ReasonToDecline> = {
  'outside-competence': label('Outside the competence of the office', '超出职权范围', 'Ngoài thẩm quyền'),
  'own-law': label('Against own law', '违反本国法律', 'Trái với pháp luật trong nước'),
  'insufficient-information': label('Not enough information', '信息不足', 'Không đủ thông tin'),
  disproportionate: label('Disproportionate', '不合比例', 'Không tương xứng'),
  'ongoing-investigation': label('Investigation under way', '案件正在侦查', 'Đang điều tra'),
  other: OTHER,
};
