import { type LabelsOf, label } from '../../domain/labels/label.ts';
import type { ProblemCode } from './problem.ts';

/** What each problem is called. */
export const PROBLEM_TITLES: LabelsOf<ProblemCode> = {
  'malformed-request': label('The request is malformed', '请求格式有误', 'Yêu cầu sai định dạng'),
  'malformed-json': label('The body is not JSON', '正文不是 JSON', 'Nội dung không phải là JSON'),
  'invalid-request': label('The request is not as it should be', '请求不符合要求', 'Yêu cầu không đúng quy định'),
  unauthenticated: label(
    'The request does not tell who sends it',
    '请求未表明发送者身份',
    'Yêu cầu không cho biết người gửi',
  ),
  forbidden: label('This account may not do that', '该账户无权这样做', 'Tài khoản này không được phép làm việc đó'),
  'purpose-required': label('The request must say what for', '请求须说明用途', 'Yêu cầu phải nêu mục đích'),
  'not-found': label('There is no such thing', '没有该内容', 'Không có nội dung này'),
  'method-not-allowed': label(
    'This address does not know the method',
    '该地址不支持此方法',
    'Địa chỉ này không hỗ trợ phương thức đó',
  ),
  'not-acceptable': label('No such representation', '没有所要求的表示形式', 'Không có dạng biểu diễn được yêu cầu'),
  'request-timeout': label('The request took too long to arrive', '请求未能及时到达', 'Yêu cầu đến quá chậm'),
  stale: label('It has changed since it was seen', '读取之后内容已有变化', 'Nội dung đã thay đổi sau khi được đọc'),
  'too-large': label('The request is too large', '请求过大', 'Yêu cầu quá lớn'),
  'unsupported-media-type': label(
    'The media type of the body is not supported',
    '不支持正文的媒体类型',
    'Không hỗ trợ kiểu dữ liệu của nội dung',
  ),
  refused: label('The ledger does not accept this', '系统不予接受', 'Hệ thống không chấp nhận nội dung này'),
  'idempotency-key-reused': label(
    'The idempotency key was used for something else',
    '该幂等键已用于其他请求',
    'Khóa này đã được dùng cho yêu cầu khác',
  ),
  'precondition-required': label(
    'The request must say what it has seen',
    '请求须说明所见的版本',
    'Yêu cầu phải cho biết phiên bản đã đọc',
  ),
  'too-many-requests': label('Too many requests', '请求过多', 'Quá nhiều yêu cầu'),
  'headers-too-large': label('The headers are too large', '请求头过大', 'Tiêu đề của yêu cầu quá lớn'),
  internal: label('The service failed', '服务出现故障', 'Dịch vụ gặp lỗi'),
  unavailable: label('The service is not available now', '服务暂时不可用', 'Dịch vụ tạm thời không sẵn sàng'),
  overloaded: label('The service has too much to do', '服务负荷过重', 'Dịch vụ đang quá tải'),
  contended: label(
    'Others kept writing the same record',
    '他人持续写入同一记录',
    'Người khác liên tục ghi vào cùng một hồ sơ',
  ),
  'not-yet-scanned': label(
    'The view has not come so far yet',
    '视图尚未更新到该位置',
    'Dữ liệu hiển thị chưa cập nhật đến vị trí đó',
  ),
};
