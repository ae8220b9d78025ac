import type { CaseEventType } from '../case/events.ts';
import { type LabelsOf, label } from './label.ts';
import {
  DIED,
  ESCAPED,
  EXPUNGED_BY_ORDER,
  POSTPONED,
  REFUSED,
  REQUEST_WITHDRAWN,
  RESUMED,
  REVISING_LABELS,
  SHARED_WITH,
} from './shared.ts';

/**
 * The events of a case. A transfer (移送, chuyển giao) leads to the handover (移交, bàn giao); one person's case is 个案 and hồ sơ, for
 * an affair of several is 案件 and vụ việc.
 */
export const CASE_EVENT_LABELS: LabelsOf<CaseEventType> = {
  reported: label('Reported', '已通报', 'Đã có tin báo'),
  captured: label('Captured', '已抓获', 'Đã bắt giữ'),
  found: label('Found', '已发现', 'Đã phát hiện'),
  'identified-as-victim': label('Identified as a victim', '已认定为受害者', 'Đã xác định là nạn nhân'),
  'transfer-requested': label('Transfer requested', '已请求移管', 'Đã yêu cầu chuyển giao'),

  located: label('Located', '已查明下落', 'Đã xác định được tung tích'),
  'surrendered-voluntarily': label('Surrendered voluntarily', '已自动投案', 'Đã đầu thú'),
  'returned-voluntarily': label('Returned voluntarily', '已自愿返回', 'Đã tự nguyện hồi hương'),
  escaped: ESCAPED,
  recaptured: label('Recaptured', '已重新抓获', 'Đã bắt lại'),
  released: label('Released', '已释放', 'Đã được trả tự do'),
  'provisional-arrest-extended': label('Provisional arrest extended', '已延长临时拘留', 'Đã gia hạn bắt khẩn cấp'),
  rescued: label('Rescued', '已解救', 'Đã được giải cứu'),
  'taken-into-care': label('Taken into care', '已获救助安置', 'Đã được đưa vào cơ sở hỗ trợ'),
  'left-care': label('Left care', '已离开救助安置', 'Đã rời cơ sở hỗ trợ'),

  'identity-verified': label('Identity verified', '身份已核实', 'Đã xác minh danh tính'),
  'mistaken-identity': label('Mistaken identity', '身份认定有误', 'Nhầm người'),
  'identity-misused': label('Identity misused by another', '身份被他人冒用', 'Bị người khác mạo danh'),
  'nationality-verified': label('Nationality verified', '国籍已核实', 'Đã xác minh quốc tịch'),
  'nationality-denied': label('Nationality denied', '国籍被否认', 'Quốc tịch bị phủ nhận'),
  'nationality-inconclusive': label('Nationality inconclusive', '国籍无法确定', 'Không xác định được quốc tịch'),
  'particulars-recorded': label('Particulars recorded', '已登记人员信息', 'Đã ghi nhận thông tin nhân thân'),
  'linked-to-person-of': label(
    'Linked as the same person as in another case',
    '已与其他个案关联为同一人',
    'Đã liên kết là cùng một người với hồ sơ khác',
  ),
  'unlinked-from-person-of': label(
    'Link to the person of another case taken back',
    '已撤销与其他个案的同一人关联',
    'Đã hủy liên kết cùng một người với hồ sơ khác',
  ),
  'found-not-same-person': label(
    'Found not to be the person of another case',
    '已认定与其他个案并非同一人',
    'Đã xác định không phải cùng một người với hồ sơ khác',
  ),
  'case-number-recorded': label('Case number recorded', '已登记案号', 'Đã ghi nhận số hồ sơ'),

  'protection-check-recorded': label('Protection check recorded', '已记录保护审查', 'Đã ghi nhận việc rà soát bảo vệ'),
  'guardian-appointed': label('Guardian appointed', '已指定监护人', 'Đã cử người giám hộ'),
  'consular-notified': label('Consulate notified', '已通知领事机构', 'Đã thông báo cơ quan lãnh sự'),
  'interpreter-assigned': label('Interpreter assigned', '已指派翻译', 'Đã cử người phiên dịch'),
  'fitness-to-travel-certified': label(
    'Certified whether fit to travel',
    '已出具是否适合旅行的证明',
    'Đã chứng nhận có đủ sức khỏe để di chuyển hay không',
  ),
  'assurance-given': label('Assurance given', '已作出保证', 'Đã đưa ra bảo đảm'),
  'risk-assessed': label('Risk assessed', '已评估风险', 'Đã đánh giá rủi ro'),

  'victim-consented': label('Victim consented', '受害者已同意', 'Nạn nhân đã đồng ý'),
  'sentencing-party-consented': label('Sentencing Party consented', '判刑方已同意', 'Bên kết án đã đồng ý'),
  'administering-party-consented': label('Administering Party consented', '执行方已同意', 'Bên thi hành án đã đồng ý'),
  'person-consented': label('Sentenced person consented', '被判刑人已同意', 'Người bị kết án đã đồng ý'),
  'consent-withdrawn': label('Consent withdrawn', '已撤回同意', 'Đã rút lại sự đồng ý'),

  'surrender-requested': label('Surrender formally requested', '已正式请求移交', 'Đã chính thức yêu cầu giao người'),
  'transfer-approved': label('Transfer approved', '已批准移送', 'Đã chấp thuận chuyển giao'),
  'return-ordered': label('Return ordered', '已决定遣返', 'Đã quyết định trao trả'),
  'handover-agreed': label('Handover agreed', '已商定移交', 'Đã thỏa thuận bàn giao'),
  refused: REFUSED,
  postponed: POSTPONED,
  resumed: RESUMED,
  'warrant-withdrawn': label('Warrant withdrawn', '已撤销逮捕令', 'Đã hủy bỏ lệnh bắt'),
  'request-withdrawn': REQUEST_WITHDRAWN,
  'repatriation-declined': label('Repatriation declined by the victim', '受害者不愿送返', 'Nạn nhân từ chối hồi hương'),

  transferred: label('Transferred', '已移送', 'Đã chuyển giao'),
  'handed-over-at-border-pass': label('Handed over at a border pass', '已在口岸移交', 'Đã bàn giao tại cửa khẩu'),
  'repatriated-at-border-pass': label('Repatriated at a border pass', '已在口岸送返', 'Đã hồi hương qua cửa khẩu'),
  'temporarily-surrendered': label('Temporarily surrendered', '已临时引渡', 'Đã dẫn độ tạm thời'),
  'returned-from-temporary-surrender': label(
    'Returned from a temporary surrender',
    '临时引渡后已送还',
    'Đã được trả lại sau khi dẫn độ tạm thời',
  ),
  'collection-extended': label('Time for collection extended', '已延长接收期限', 'Đã gia hạn thời hạn tiếp nhận'),
  'not-collected': label('Not collected in time', '逾期未接收', 'Không được tiếp nhận đúng hạn'),
  'handover-refused': label('Handover refused at the line', '移交被拒', 'Việc bàn giao bị từ chối'),
  'receipt-acknowledged': label('Receipt acknowledged', '已确认接收', 'Đã xác nhận tiếp nhận'),
  'delivery-confirmed': label('Delivery confirmed', '已确认移交', 'Đã xác nhận bàn giao'),
  'handover-disputed': label('Handover disputed', '对移交有异议', 'Có ý kiến khác về việc bàn giao'),
  'received-by-service': label('Received by a victim service', '已由救助机构接收', 'Đã được cơ sở hỗ trợ tiếp nhận'),
  'completion-reported': label(
    'End of the sentence reported',
    '已通报刑罚执行终结',
    'Đã thông báo kết thúc thi hành án',
  ),

  'incident-assigned': label('Assigned to an incident', '已归入案件', 'Đã gắn với vụ việc'),
  'shared-with': SHARED_WITH,
  died: DIED,
  'legal-hold-placed': label('Legal hold placed', '已作法律保全', 'Đã đặt lệnh lưu giữ'),
  'legal-hold-lifted': label('Legal hold lifted', '已解除法律保全', 'Đã dỡ bỏ lệnh lưu giữ'),
  expunged: EXPUNGED_BY_ORDER,
  closed: label('Closed', '已结案', 'Đã đóng hồ sơ'),
  reopened: label('Reopened', '已重新开启', 'Đã mở lại hồ sơ'),
  'continued-as-another-case': label(
    'Continued as another case',
    '已转为其他个案继续办理',
    'Đã chuyển thành hồ sơ khác',
  ),
  merged: label('Merged into another case', '已并入其他个案', 'Đã gộp vào hồ sơ khác'),
  unmerged: label('Merger undone', '已撤销合并', 'Đã hủy việc gộp hồ sơ'),

  ...REVISING_LABELS,
};
