import type { JudgedBy } from '../counting/scope.ts';
import type { Bound } from '../kernel/bound.ts';
import type { FigureUnit } from '../reference/figures.ts';
import { unitOf } from '../reference/units.ts';
import type { ScopeLevel } from '../statement/events.ts';
import { type LabelsOf, label } from './label.ts';

/** How exact a figure is that somebody gives. */
export const BOUND_LABELS: LabelsOf<Bound> = {
  '=': label('Equal to', '等于', 'Bằng'),
  '>': label('More than', '多于', 'Hơn'),
  '≈': label('About', '约', 'Khoảng'),
};

/** In what a published figure is counted or measured; small, as units are. */
export const FIGURE_UNIT_LABELS: LabelsOf<FigureUnit> = {
  persons: label('persons', '人', 'người'),
  incidents: label('incidents', '起', 'vụ'),
  kg: unitOf('kg').labels,
  t: unitOf('t').labels,
  places: label('places', '处', 'điểm'),
  visits: label('visits', '次', 'chuyến thăm'),
  courses: label('courses', '期', 'khóa'),
  pairs: label('pairs', '对', 'cặp'),
  meetings: label('meetings', '次会议', 'cuộc họp'),
  agreements: label('agreements', '份协议', 'thỏa thuận'),
  presentations: label('presentations', '批', 'lần trao tặng'),
};

/** By what it is judged whether a handover is of a scope. */
export const JUDGED_BY_LABELS: LabelsOf<JudgedBy> = {
  delivering: label('The delivering office', '移交机构', 'Cơ quan bàn giao'),
  receiving: label('The receiving office', '接收机构', 'Cơ quan tiếp nhận'),
  pass: label('The border pass', '口岸', 'Cửa khẩu'),
};

/** What of the whole a figure is of. */
export const SCOPE_LEVEL_LABELS: LabelsOf<ScopeLevel> = {
  national: label('National', '全国', 'Toàn quốc'),
  provinces: label('Some provinces', '部分省份', 'Một số tỉnh'),
  offices: label('Some offices', '部分机构', 'Một số cơ quan'),
  operation: label('An operation', '某次行动', 'Một chiến dịch'),
};
