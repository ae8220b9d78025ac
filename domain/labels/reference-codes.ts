import type { BorderPassEntry, DatedStatus, PassStatus } from '../reference/border-passes.ts';
import type { RefusalGroundEntry } from '../reference/refusal-grounds.ts';
import type { SubstanceEntry } from '../reference/substances.ts';
import { type LabelsOf, label } from './label.ts';

/** Codes that entries of the reference lists have besides their own. */

export const PASS_KIND_LABELS: LabelsOf<BorderPassEntry['kind']> = {
  road: label('Road', '公路', 'Đường bộ'),
  rail: label('Rail', '铁路', 'Đường sắt'),
};

export const PASS_STATUS_LABELS: LabelsOf<PassStatus> = {
  international: label('International pass', '国际口岸', 'Cửa khẩu quốc tế'),
};

/** How exactly a source gives a date. */
export const PRECISION_LABELS: LabelsOf<DatedStatus['precision']> = {
  day: label('To the day', '精确到日', 'Chính xác đến ngày'),
  year: label('To the year', '精确到年', 'Chính xác đến năm'),
};

export const GROUND_CHARACTER_LABELS: LabelsOf<RefusalGroundEntry['character']> = {
  mandatory: label('Shall be refused', '应当拒绝', 'Phải từ chối'),
  discretionary: label('May be refused', '可以拒绝', 'Có thể từ chối'),
};

export const SUBSTANCE_GROUP_LABELS: LabelsOf<SubstanceEntry['group']> = {
  drug: label('Drug', '毒品', 'Ma túy'),
  precursor: label('Precursor', '制毒物品', 'Tiền chất'),
  unspecified: label('Not said which', '未说明种类', 'Không nêu loại'),
};
