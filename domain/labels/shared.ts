import type { revisingShapes } from '../kernel/event-shapes.ts';
import { type LabelsOf, label } from './label.ts';

/** Words that several lists have with one meaning. */
export const OTHER = label('Other', '其他', 'Khác');
export const NOT_KNOWN = label('Not known', '未知', 'Không rõ');
export const SHARED_WITH = label('Shared with other offices', '已与其他机构共享', 'Đã chia sẻ với cơ quan khác');
export const REFUSED = label('Refused', '已拒绝', 'Đã từ chối');
export const REQUEST_WITHDRAWN = label('Request withdrawn', '已撤回请求', 'Đã rút yêu cầu');
export const ESCAPED = label('Escaped', '已脱逃', 'Đã bỏ trốn');
export const DIED = label('Died', '已死亡', 'Đã tử vong');
export const HANDED_OVER = label('Handed over', '已移交', 'Đã bàn giao');
export const POSTPONED = label('Postponed', '已推迟', 'Đã hoãn');
export const RESUMED = label('Resumed', '已恢复', 'Đã tiếp tục');
export const FINGERPRINTS = label('Fingerprints', '指纹', 'Dấu vân tay');
export const PHOTOGRAPH = label('Photograph', '照片', 'Ảnh');
export const IDENTITY_DOCUMENT = label('Identity document', '身份证件', 'Giấy tờ tùy thân');
export const DNA = label('DNA', 'DNA鉴定', 'ADN');
export const EXPUNGED_BY_ORDER = label('Expunged by order', '已依令清除', 'Đã xóa theo lệnh');
export const DATE_OF_HANDOVER = label('Date of the handover', '移交日期', 'Ngày bàn giao');
export const BORDER_PASS = label('Border pass', '口岸', 'Cửa khẩu');

export const SENTENCE_SERVED = label('Sentence served', '刑期已满', 'Đã chấp hành xong án phạt');
export const SIGNED = label('Signed', '已签署', 'Đã ký');
export const AGREEMENT = label('Agreement', '协议', 'Thỏa thuận');
export const OFFICE = label('Office', '机构', 'Cơ quan');
export const JOINT_OPERATION = label('Joint operation', '联合行动', 'Hành động chung');

/** What puts any kind of record right. */
export const REVISING_LABELS: LabelsOf<keyof typeof revisingShapes> = {
  corrected: label('Corrected', '已更正', 'Đã đính chính'),
  annulled: label('Annulled', '已作废', 'Đã hủy bỏ'),
  'recorded-late': label('Recorded late', '已补录', 'Đã ghi bổ sung'),
};

/** Before the first event of any kind of record. */
export const NOT_OPENED = label('Not opened yet', '尚未登记', 'Chưa mở');
