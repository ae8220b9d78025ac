import type { AccessPurpose } from '../access/purposes.ts';
import type { AccessOutcome, AccessPart } from '../access/record.ts';
import { type LabelsOf, label } from './label.ts';
import { REFUSED } from './shared.ts';

export const ACCESS_PURPOSE_LABELS: LabelsOf<AccessPurpose> = {
  'case-work': label('Work on the case', '办理个案', 'Xử lý hồ sơ'),
  handover: label('Handover', '移交', 'Bàn giao'),
  'identity-check': label('Identity check', '身份核查', 'Xác minh nhân thân'),
  'care-of-the-person': label('Care of the person', '照护当事人', 'Chăm sóc, bảo vệ đương sự'),
  'answer-to-a-request': label('Answer to a request', '答复对方请求', 'Trả lời yêu cầu'),
  'legal-proceedings': label('Legal proceedings', '法律程序', 'Tố tụng'),
  supervision: label('Supervision', '监督检查', 'Giám sát, kiểm tra'),
  'asked-by-the-person': label('Asked by the person', '应当事人要求', 'Theo đề nghị của đương sự'),
};

export const ACCESS_PART_LABELS: LabelsOf<AccessPart> = {
  person: label('Who the person is', '当事人身份', 'Nhân thân đương sự'),
  sealed: label('What is sealed of a record', '记录的加密内容', 'Nội dung được niêm phong'),
  search: label('Search for persons', '人员检索', 'Tìm kiếm người'),
  candidates: label('Possibly the same person', '可能为同一人', 'Có thể là cùng một người'),
  'person-links': label('Cases of one person', '同一人的个案', 'Các hồ sơ của cùng một người'),
  everything: label('Everything', '全部内容', 'Toàn bộ nội dung'),
};

export const ACCESS_OUTCOME_LABELS: LabelsOf<AccessOutcome> = {
  shown: label('Shown', '已显示', 'Đã hiển thị'),
  refused: REFUSED,
  'purpose-missing': label('No purpose given', '未说明用途', 'Không nêu mục đích'),
};
