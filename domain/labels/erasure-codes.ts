import type { ERASURE_AUTHORITIES, ERASURE_TASKS, OrderedPart } from '../erasure/kind.ts';
import { type LabelsOf, label } from './label.ts';

/** What of a record is erased. */
export const ERASED_PART_LABELS: LabelsOf<OrderedPart> = {
  person: label('All that identifies the person', '该人的全部身份信息', 'Toàn bộ thông tin nhận dạng'),
  alias: label('One name of the person', '该人的一个姓名', 'Một tên của người đó'),
  document: label('One document of the person', '该人的一份证件', 'Một giấy tờ của người đó'),
  line: label('The person of one line of a list', '名单中一行所列的人', 'Người ở một dòng của danh sách'),
};

/** Who orders an erasure. */
export const ERASURE_AUTHORITY_LABELS: LabelsOf<(typeof ERASURE_AUTHORITIES)[number]> = {
  court: label('Court', '法院', 'Tòa án'),
  procuratorate: label('Procuratorate', '检察院', 'Viện kiểm sát'),
  ministry: label('Ministry', '主管部', 'Bộ chủ quản'),
  'data-protection': label('Data protection authority', '数据保护机构', 'Cơ quan bảo vệ dữ liệu'),
  'retention-period': label('End of the retention period', '保存期限届满', 'Hết thời hạn lưu giữ'),
};

/** What is still to be done until an erasure is complete. */
export const ERASURE_TASK_LABELS: LabelsOf<(typeof ERASURE_TASKS)[number]> = {
  key: label('Destroy the key of the record', '销毁该记录的密钥', 'Hủy khóa của hồ sơ'),
  'key-encryption-key': label('Replace the key-encryption key', '更换密钥加密密钥', 'Thay khóa mã hóa khóa'),
  scavenge: label('Clean up the database', '清理数据库', 'Dọn dẹp cơ sở dữ liệu'),
};
