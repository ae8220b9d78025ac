import type { Labels } from '../reference/entry.ts';
import { label } from './label.ts';
import {
  AGREEMENT,
  EXPUNGED_BY_ORDER,
  JOINT_OPERATION,
  NOT_OPENED,
  OFFICE,
  POSTPONED,
  RESUMED,
  REVISING_LABELS,
  SHARED_WITH,
  SIGNED,
} from './shared.ts';

type Words = Readonly<Record<string, Labels>>;

/** What one kind of records is called, its events, and those of its statuses that are not called by what happened last. */
interface RegisterWords {
  readonly noun: Labels;
  readonly events: Words;
  readonly statuses: Words;
}

const REGISTERED = label('Registered', '已登记', 'Đã đăng ký');
const PLANNED = label('Planned', '已计划', 'Đã lên kế hoạch');
const CANCELLED = label('Cancelled', '已取消', 'Đã hủy');
const ENDED = label('Ended', '已终止', 'Đã chấm dứt');
const SUPERSEDED = label('Superseded', '已被取代', 'Đã được thay thế');
const BROKEN_OFF = label('Negotiation broken off', '谈判已中断', 'Đã ngừng đàm phán');

/** What may happen to a record of any register. */
export const ANY_REGISTER: Pick<RegisterWords, 'events' | 'statuses'> = {
  events: {
    'shared-with': SHARED_WITH,
    expunged: EXPUNGED_BY_ORDER,
    noted: label('Note added', '已添加备注', 'Đã thêm ghi chú'),
    claimed: label('Claim of a source recorded', '已记录来源的说法', 'Đã ghi nhận thông tin của một nguồn'),
    'claim-preferred': label('Claim preferred', '已采信某一说法', 'Đã chọn thông tin của một nguồn'),
    'claim-preference-withdrawn': label(
      'Preference of a claim withdrawn',
      '已撤销采信',
      'Đã rút lại lựa chọn nguồn tin',
    ),
    ...REVISING_LABELS,
  },
  statuses: { 'not-opened': NOT_OPENED, annulled: REVISING_LABELS.annulled },
};

/** What meetings, visits and courses have in common. */
const held = {
  events: {
    registered: REGISTERED,
    postponed: POSTPONED,
    held: label('Held', '已举行', 'Đã tổ chức'),
    cancelled: CANCELLED,
  },
  statuses: { planned: PLANNED },
};

/** The registers, by the category of their streams. */
export const REGISTER_WORDS: Readonly<Record<string, RegisterWords>> = {
  request: {
    noun: label('Request between offices', '机构间请求', 'Yêu cầu giữa các cơ quan'),
    events: {
      requested: label('Requested', '已请求', 'Đã yêu cầu'),
      acknowledged: label('Acknowledged', '已确认收到', 'Đã xác nhận nhận được'),
      reminded: label('Reminder sent', '已催复', 'Đã nhắc trả lời'),
      'due-date-extended': label('Due date extended', '已延长答复期限', 'Đã gia hạn trả lời'),
      'interim-replied': label('Interim reply given', '已初步答复', 'Đã trả lời bước đầu'),
      replied: label('Replied', '已答复', 'Đã trả lời'),
      declined: label('Declined', '已拒绝办理', 'Đã từ chối thực hiện'),
      lapsed: label('Lapsed', '已逾期失效', 'Đã hết hạn'),
      withdrawn: label('Withdrawn', '已撤回', 'Đã rút lại'),
      'led-to-case': label('Led to a case', '已据此建立个案', 'Đã dẫn đến một hồ sơ'),
    },
    statuses: {},
  },
  handover: {
    noun: label('Minutes of handover', '移交笔录', 'Biên bản bàn giao'),
    events: {
      'minutes-signed': label('Minutes signed', '已签署移交笔录', 'Đã ký biên bản bàn giao'),
      'lines-settled': label('Lines worked off', '名单各行已办理', 'Đã xử lý các dòng'),
      'lines-taken-up-again': label('Lines taken up again', '名单各行重新办理', 'Xử lý lại các dòng'),
      acknowledged: label('Acknowledged by the other side', '对方已确认', 'Bên kia đã xác nhận'),
    },
    statuses: { signed: SIGNED },
  },
  statement: {
    noun: label('Published figure', '公布的数字', 'Số liệu được công bố'),
    events: {
      'figure-published': label('Figure published', '已公布数字', 'Đã công bố số liệu'),
      superseded: SUPERSEDED,
      retracted: label('Retracted', '已收回', 'Đã rút lại'),
    },
    statuses: { published: label('Published', '已公布', 'Đã công bố') },
  },
  reconciliation: {
    noun: label('Reconciliation of two books', '双方台账核对', 'Đối chiếu sổ sách hai bên'),
    events: {
      'list-received': label('List received', '已收到名单', 'Đã nhận danh sách'),
      'lines-listed': label('Lines listed', '名单各行已录入', 'Đã nhập các dòng'),
      'compared-in-part': label('Compared in part', '已部分核对', 'Đã đối chiếu một phần'),
      compared: label('Compared', '已核对', 'Đã đối chiếu'),
      'found-too-large': label('Too large to be compared', '数量过大，无法核对', 'Quá lớn để đối chiếu'),
      'lines-settled': label('Lines settled', '名单各行已处理', 'Đã giải quyết các dòng'),
      'comparison-requested': label('Comparison asked for anew', '已要求重新核对', 'Đã yêu cầu đối chiếu lại'),
      'signed-off': label('Figure signed off', '数字已签认', 'Đã ký xác nhận số liệu'),
      acknowledged: label('Acknowledged by the other side', '对方已确认', 'Bên kia đã xác nhận'),
      declined: label('Declined by the other side', '对方不予认可', 'Bên kia không chấp nhận'),
      reopened: label('Reopened', '已重新开启', 'Đã mở lại'),
      withdrawn: label('Withdrawn', '已撤回', 'Đã rút lại'),
    },
    statuses: { received: label('List received', '已收到名单', 'Đã nhận danh sách') },
  },
  office: {
    noun: OFFICE,
    events: {
      entered: label('Entered', '已登记', 'Đã đăng ký'),
      renamed: label('Renamed', '已更名', 'Đã đổi tên'),
      moved: label('Moved', '已迁址', 'Đã chuyển trụ sở'),
      'jurisdiction-changed': label('Jurisdiction changed', '管辖范围已变更', 'Đã thay đổi địa bàn phụ trách'),
      'counterpart-named': label('Opposite number named', '已注明对口机构', 'Đã nêu cơ quan đối đẳng'),
      closed: label('Closed', '已关闭', 'Đã đóng cửa'),
      reopened: label('Reopened', '已重新开放', 'Đã mở cửa lại'),
      superseded: SUPERSEDED,
    },
    statuses: { open: label('Open', '运作中', 'Đang hoạt động') },
  },
  operation: {
    noun: JOINT_OPERATION,
    events: {
      planned: PLANNED,
      replanned: label('Plan changed', '已调整计划', 'Đã điều chỉnh kế hoạch'),
      begun: label('Begun', '已开始', 'Đã bắt đầu'),
      suspended: label('Suspended', '已暂停', 'Đã tạm dừng'),
      resumed: RESUMED,
      'phase-begun': label('Phase begun', '阶段已开始', 'Đã bắt đầu một giai đoạn'),
      'phase-ended': label('Phase ended', '阶段已结束', 'Đã kết thúc một giai đoạn'),
      'case-linked': label('Case linked', '已关联个案', 'Đã gắn hồ sơ'),
      'case-unlinked': label('Case unlinked', '已取消关联个案', 'Đã bỏ gắn hồ sơ'),
      'result-reported': label('Result reported', '已通报成果', 'Đã báo cáo kết quả'),
      concluded: label('Concluded', '已结束', 'Đã kết thúc'),
      cancelled: CANCELLED,
    },
    statuses: { running: label('Under way', '进行中', 'Đang tiến hành') },
  },
  agreement: {
    noun: AGREEMENT,
    events: {
      registered: REGISTERED,
      'negotiation-opened': label('Negotiation opened', '已开始谈判', 'Đã mở đàm phán'),
      'negotiation-broken-off': BROKEN_OFF,
      signed: SIGNED,
      'entered-into-force': label('Entered into force', '已生效', 'Đã có hiệu lực'),
      renewed: label('Renewed', '已续期', 'Đã gia hạn'),
      amended: label('Amended', '已修订', 'Đã sửa đổi'),
      ended: ENDED,
      denounced: label('Denounced', '已单方终止', 'Đã đơn phương chấm dứt'),
      superseded: SUPERSEDED,
    },
    statuses: {
      'under-negotiation': label('Under negotiation', '谈判中', 'Đang đàm phán'),
      'broken-off': BROKEN_OFF,
      'in-force': label('In force', '有效', 'Đang có hiệu lực'),
    },
  },
  meeting: {
    noun: label('Meeting', '会议', 'Cuộc họp'),
    events: {
      ...held.events,
      'conclusions-recorded': label('Conclusions recorded', '已记录会议结论', 'Đã ghi nhận kết luận'),
      'agreement-adopted': label('Agreement adopted', '已通过协议', 'Đã thông qua thỏa thuận'),
    },
    statuses: held.statuses,
  },
  visit: { noun: label('Visit', '访问', 'Chuyến thăm'), ...held },
  training: { noun: label('Training course', '培训班', 'Khóa đào tạo'), ...held },
  twinning: {
    noun: label('Twinning', '结对', 'Kết nghĩa'),
    events: {
      twinned: label('Twinned', '已结对', 'Đã kết nghĩa'),
      'memorandum-named': label('Memorandum named', '已注明备忘录', 'Đã nêu bản ghi nhớ'),
      ended: ENDED,
    },
    statuses: { agreed: label('Agreed', '已商定', 'Đã thỏa thuận') },
  },
  erasure: {
    noun: label('Erasure', '清除', 'Xóa dữ liệu'),
    events: {
      'erasure-ordered': label('Erasure ordered', '已下令清除', 'Đã có lệnh xóa'),
      'nothing-found': label('Nothing found to erase', '未找到须清除的内容', 'Không tìm thấy nội dung cần xóa'),
      'key-destroyed': label('Key destroyed', '密钥已销毁', 'Đã hủy khóa'),
      'erasure-completed': label('Erasure completed', '清除已完成', 'Đã hoàn tất việc xóa'),
    },
    statuses: { ordered: label('Ordered', '已下令', 'Đã ra lệnh') },
  },
  equipment: {
    noun: label('Presentation of equipment', '赠送装备', 'Trao tặng trang thiết bị'),
    events: {
      presented: label('Presented', '已赠送', 'Đã trao tặng'),
      'receipt-confirmed': label('Receipt confirmed', '已确认接收', 'Đã xác nhận tiếp nhận'),
    },
    statuses: { received: label('Received', '已接收', 'Đã tiếp nhận') },
  },
};
