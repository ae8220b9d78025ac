import type { AT_THE_COMMAND_LINE } from '../access/record.ts';
import type { GuardName } from '../case/guards.ts';
import type { CaseLifecycle, PartyRole } from '../case/lifecycles/vocabulary.ts';
import type { guards as guardsOfErasures } from '../erasure/kind.ts';
import type { guards as guardsOfMinutes } from '../handover/check.ts';
import type { LEDGER_ITSELF } from '../kernel/access.ts';
import type { Target } from '../kernel/lifecycle.ts';
import type { RefusalCode } from '../kernel/refusal.ts';
import type { Role } from '../kernel/roles.ts';
import type { guards as guardsOfReconciliations } from '../reconciliation/check.ts';
import { CONSENT_GIVER_LABELS } from './case-codes.ts';
import { type LabelsOf, label } from './label.ts';

/** Whose word an event is; the last ones are of registers. */
type RoleInTable = PartyRole | CaseLifecycle['deliveringParty'] | 'its-own-side' | 'asking' | 'asked' | 'other' | 'own';

export const ROLE_IN_TABLE_LABELS: LabelsOf<RoleInTable> = {
  requesting: label('Requesting Party', '请求方', 'Bên yêu cầu'),
  requested: label('Requested Party', '被请求方', 'Bên được yêu cầu'),
  sentencing: CONSENT_GIVER_LABELS['sentencing-party'],
  delivering: label('Delivering Party', '移交方', 'Bên bàn giao'),
  receiving: label('Receiving Party', '接收方', 'Bên tiếp nhận'),
  either: label('Either side', '任何一方', 'Một trong hai bên'),
  'its-own-side': label('The side that stated it', '原陈述方', 'Bên đã nêu'),
  asking: label('The office that asks', '请求机构', 'Cơ quan yêu cầu'),
  asked: label('The office that is asked', '被请求机构', 'Cơ quan được yêu cầu'),
  other: label('The other side', '对方', 'Bên kia'),
  own: label('The side that keeps the ledger', '本台账所属方', 'Bên giữ sổ'),
};

/** Where a row leads that names no state. */
export const TARGET_LABELS: LabelsOf<Target<never>> = {
  unchanged: label('Unchanged', '不变', 'Không đổi'),
  'where-it-stood': label('Where it stood before', '恢复原状态', 'Trở lại trạng thái trước đó'),
};

/** What must be on record, or be given with an event. */
export const GUARD_LABELS: LabelsOf<
  | GuardName
  | keyof typeof guardsOfMinutes
  | keyof typeof guardsOfErasures
  | keyof typeof guardsOfReconciliations
  | 'due-date-over'
  | 'victims-by-protection'
> = {
  warrant: label('A warrant or judgment', '有逮捕令或判决', 'Có lệnh bắt hoặc bản án'),
  'sentencing-party': label('The sentencing Party is named', '注明判刑方', 'Nêu bên kết án'),
  'by-a-ministry': label('Recorded by a ministry', '由部级机关登记', 'Do cấp bộ ghi nhận'),
  'no-legal-hold': label('No legal hold on the case', '个案未被法律保全', 'Hồ sơ không bị lưu giữ theo lệnh'),
  'line-is-listed': label('The line stands in the list', '名单中有该行', 'Danh sách có dòng này'),
  'hold-on-record': label('The legal hold is on record', '已登记法律保全', 'Lệnh lưu giữ đã được ghi nhận'),
  'legal-basis': label('The legal basis is named', '注明法律依据', 'Nêu căn cứ pháp lý'),
  'protection-check': label(
    'A protection check without a bar',
    '保护审查未发现障碍',
    'Đã rà soát bảo vệ, không có trở ngại',
  ),
  'guardian-of-minor': label('A guardian for a minor', '未成年人有监护人', 'Người chưa thành niên có người giám hộ'),
  'three-consents': label('The three consents', '三方同意', 'Có đủ ba sự đồng ý'),
  'victim-consent': label('The consent of the victim', '受害者同意', 'Có sự đồng ý của nạn nhân'),
  'risk-assessment': label(
    'A risk assessment: safe to return',
    '经风险评估可以安全返回',
    'Đánh giá rủi ro: trở về an toàn',
  ),
  'consent-given': label('The consent is on record', '该同意已有记录', 'Sự đồng ý đã được ghi nhận'),
  'fit-to-travel': label(
    'Not certified unfit to travel',
    '未被证明不适合旅行',
    'Không bị chứng nhận là không đủ sức khỏe để di chuyển',
  ),
  'word-of-the-other': label('The word of the other side', '以对方陈述为前提', 'Bên kia đã nêu'),
  'extendable-term': label('A term that can be extended', '期限可以延长', 'Thời hạn có thể gia hạn'),
  mergeable: label(
    'Another case of the same kind and direction',
    '同类同方向的其他个案',
    'Hồ sơ khác cùng loại, cùng chiều',
  ),
  continuable: label('Can go on as another case', '可以转为其他个案', 'Có thể chuyển thành hồ sơ khác'),
  'another-case': label('Another case', '其他个案', 'Hồ sơ khác'),
  'link-on-record': label('The link is on record', '该关联已有记录', 'Liên kết đã được ghi nhận'),
  'suitable-cases': label('Cases that suit the minutes', '个案与移交笔录相符', 'Hồ sơ phù hợp với biên bản bàn giao'),
  'by-the-ledger': label('Recorded by the ledger itself', '由系统自行记录', 'Do hệ thống tự ghi nhận'),
  'lines-are-open': label('The lines are still to be done', '名单各行待办理', 'Các dòng đang chờ xử lý'),
  'victims-by-protection': label(
    'Cases of victims linked by those who protect them',
    '被害人个案由保护人员关联',
    'Hồ sơ nạn nhân do cán bộ bảo vệ gắn',
  ),
  'lines-failed': label('The lines could not be recorded', '名单各行未能记录', 'Các dòng không ghi nhận được'),
  'for-protection': label(
    'By those who may know the persons',
    '由可知悉当事人身份的人员办理',
    'Do cán bộ được biết danh tính thực hiện',
  ),
  'as-many-as-listed': label('As many lines as their list has', '行数与对方名单相符', 'Số dòng khớp với danh sách'),
  'part-comes-next': label('The part comes next', '按顺序的下一部分', 'Là phần tiếp theo'),
  'all-settled': label('All lines are settled', '各行均已处理', 'Mọi dòng đã được giải quyết'),
  'due-date-over': label('The due date has gone by', '期限已过', 'Đã quá ngày đến hạn'),
};

/** Why something is not accepted. */
export const REFUSAL_LABELS: LabelsOf<RefusalCode> = {
  invalid: label('Not as it should be', '内容不符合要求', 'Không đúng yêu cầu'),
  'unknown-event-type': label('No such type of event', '没有此类事件', 'Không có loại sự kiện này'),
  'out-of-order': label(
    'Not possible as the record stands',
    '当前状态下不可进行',
    'Không thể thực hiện ở trạng thái hiện tại',
  ),
  'wrong-side': label('Not for this side to state', '不应由该方陈述', 'Không thuộc quyền nêu của bên này'),
  'in-the-future': label('In the future', '时间在将来', 'Thời điểm ở tương lai'),
  'times-out-of-order': label('Times out of order', '时间顺序有误', 'Thứ tự thời gian không đúng'),
  'safeguard-missing': label('A safeguard is missing', '缺少保障措施', 'Thiếu biện pháp bảo đảm'),
  'reference-not-valid': label('Code not valid here', '代码在此无效', 'Mã không có giá trị ở đây'),
  'no-such-event': label('No such event', '没有该事件', 'Không có sự kiện này'),
  'impossible-history': label(
    'The history would be impossible',
    '将导致记录前后矛盾',
    'Làm cho diễn biến trở nên không thể xảy ra',
  ),
  'unsuitable-record': label(
    'The other record is missing or unsuitable',
    '所指记录不存在或不适合',
    'Hồ sơ được nêu không có hoặc không phù hợp',
  ),
  'no-such-deadline': label(
    'No such deadline is running',
    '没有正在计算的该期限',
    'Không có thời hạn nào như vậy đang tính',
  ),
};

/** What an account may do; the last one is the ledger that works minutes off. */
export const ROLE_LABELS: LabelsOf<Role | typeof LEDGER_ITSELF | typeof AT_THE_COMMAND_LINE> = {
  recorder: label('Recorder', '记录员', 'Người ghi nhận'),
  liaison: label('Liaison officer', '联络官', 'Sĩ quan liên lạc'),
  protection: label('Protection officer', '保护专员', 'Cán bộ bảo vệ'),
  auditor: label('Auditor', '审计员', 'Kiểm toán viên'),
  statistician: label('Statistician', '统计员', 'Cán bộ thống kê'),
  admin: label('Administrator', '管理员', 'Quản trị viên'),
  ledger: label('The ledger itself', '系统自身', 'Hệ thống'),
  'command-line': label('At the command line', '命令行操作', 'Thao tác dòng lệnh'),
};
