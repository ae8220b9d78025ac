import type { AgreementKind } from '../cooperation/agreements.ts';
import type { MeetingKind } from '../cooperation/meetings.ts';
import type { LEVELS } from '../cooperation/parties.ts';
import type { TwinningKind } from '../cooperation/twinnings.ts';
import type { VisitPurpose } from '../cooperation/visits.ts';
import type { OFFICE_KINDS } from '../office/kind.ts';
import { type LabelsOf, label } from './label.ts';
import { AGREEMENT, OFFICE, OTHER } from './shared.ts';

const MINISTRY = label('Ministry', '部', 'Bộ');

export const OFFICE_KIND_LABELS: LabelsOf<(typeof OFFICE_KINDS)[number]> = {
  ministry: MINISTRY,
  'police-liaison-bureau': label('Police liaison bureau', '警务联络局', 'Văn phòng liên lạc cảnh sát'),
  'border-liaison-office': label('Border liaison office', '边境联络官办公室', 'Văn phòng liên lạc qua biên giới'),
  'anti-trafficking-liaison-office': label(
    'Anti-trafficking liaison office',
    '打击拐卖人口联络官办公室',
    'Văn phòng liên lạc phòng, chống mua bán người',
  ),
  'provincial-department': label('Provincial department', '省级公安厅', 'Công an cấp tỉnh'),
  'district-station': label('District police station', '县级公安机关', 'Công an cấp huyện'),
  'border-station': label('Border station', '边境检查站', 'Đồn biên phòng'),
  embassy: label('Embassy', '大使馆', 'Đại sứ quán'),
  procuratorate: label('Procuratorate', '检察院', 'Viện kiểm sát'),
  'victim-service': label('Victim service', '受害者救助机构', 'Cơ sở hỗ trợ nạn nhân'),
  other: OTHER,
};

/** The level at which a party stands, or a meeting is held. */
export const LEVEL_LABELS: LabelsOf<(typeof LEVELS)[number]> = {
  state: label('State', '国家', 'Nhà nước'),
  ministry: MINISTRY,
  province: label('Province', '省', 'Tỉnh'),
  district: label('District', '县', 'Huyện'),
  locality: label('Locality', '乡镇', 'Địa phương'),
  village: label('Village', '村', 'Thôn, bản'),
  office: OFFICE,
};

export const AGREEMENT_KIND_LABELS: LabelsOf<AgreementKind> = {
  treaty: label('Treaty', '条约', 'Hiệp định'),
  agreement: AGREEMENT,
  memorandum: label('Memorandum', '备忘录', 'Bản ghi nhớ'),
  'coordination-regulation': label('Coordination regulation', '协作规定', 'Quy chế phối hợp'),
  minutes: label('Minutes', '会谈纪要', 'Biên bản'),
  mechanism: label('Standing mechanism', '常设机制', 'Cơ chế thường xuyên'),
};

export const MEETING_KIND_LABELS: LabelsOf<MeetingKind> = {
  conference: label('Conference', '会议', 'Hội nghị'),
  dialogue: label('Dialogue', '对话', 'Đối thoại'),
  'working-meeting': label('Working meeting', '工作会晤', 'Cuộc họp công tác'),
  'procuratorate-conference': label('Conference of procuratorates', '检察机关会议', 'Hội nghị viện kiểm sát'),
};

export const VISIT_PURPOSE_LABELS: LabelsOf<VisitPurpose> = {
  working: label('Working visit', '工作访问', 'Thăm làm việc'),
  friendship: label('Friendship visit', '友好访问', 'Thăm hữu nghị'),
  study: label('Study visit', '考察学习', 'Tham quan, học tập'),
  inspection: label('Inspection', '检查', 'Kiểm tra'),
  other: OTHER,
};

export const TWINNING_KIND_LABELS: LabelsOf<TwinningKind> = {
  villages: label('Sister villages', '友好村寨', 'Thôn bản kết nghĩa'),
  localities: label('Twinned localities', '友好地区', 'Địa phương kết nghĩa'),
  'district-stations': label('District police stations', '县级公安机关结对', 'Công an cấp huyện kết nghĩa'),
};
