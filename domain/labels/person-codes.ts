import type { z } from 'zod';
import type { AGE_BANDS, SEXES } from '../handover/lines.ts';
import type { MatchReasonCode } from '../person/matching.ts';
import type { identityDocumentSchema, PersonName } from '../person/person.ts';
import { type LabelsOf, label } from './label.ts';
import { NOT_KNOWN, OTHER } from './shared.ts';

export const NAME_ROLE_LABELS: LabelsOf<PersonName['role']> = {
  native: label('Native name', '本名', 'Tên gốc'),
  pinyin: label('Pinyin', '拼音', 'Bính âm'),
  passport: label('As in the passport', '护照姓名', 'Tên trong hộ chiếu'),
  alias: label('Alias', '别名', 'Bí danh'),
  'sino-vietnamese': label('Sino-Vietnamese reading', '汉越音', 'Âm Hán Việt'),
};

/** ISO 15924. */
export const SCRIPT_LABELS: LabelsOf<PersonName['script']> = {
  Hans: label('Chinese, simplified', '简体汉字', 'Chữ Hán giản thể'),
  Hant: label('Chinese, traditional', '繁体汉字', 'Chữ Hán phồn thể'),
  Latn: label('Latin', '拉丁字母', 'Chữ Latinh'),
};

/** BCP 47. */
export const LANGUAGE_LABELS: LabelsOf<'zh' | 'zh-Hans' | 'vi' | 'en'> = {
  zh: label('Chinese', '中文', 'Tiếng Trung'),
  'zh-Hans': label('Chinese, simplified', '简体中文', 'Tiếng Trung giản thể'),
  vi: label('Vietnamese', '越南文', 'Tiếng Việt'),
  en: label('English', '英文', 'Tiếng Anh'),
};

export const DOCUMENT_TYPE_LABELS: LabelsOf<z.infer<typeof identityDocumentSchema>['type']> = {
  passport: label('Passport', '护照', 'Hộ chiếu'),
  'identity-card': label('Identity card', '身份证', 'Thẻ căn cước'),
  'border-pass-permit': label('Border pass permit', '边境通行证', 'Giấy thông hành biên giới'),
  'household-register': label('Household register', '户口簿', 'Sổ hộ khẩu'),
  'birth-certificate': label('Birth certificate', '出生证明', 'Giấy khai sinh'),
  other: OTHER,
};

/** ISO/IEC 5218. */
export const SEX_LABELS: LabelsOf<(typeof SEXES)[number]> = {
  0: NOT_KNOWN,
  1: label('Male', '男', 'Nam'),
  2: label('Female', '女', 'Nữ'),
  9: label('Not applicable', '不适用', 'Không áp dụng'),
};

/** Years of age at the handover. */
export const AGE_BAND_LABELS: LabelsOf<(typeof AGE_BANDS)[number]> = {
  '0-13': label('Up to 13 years', '13岁及以下', 'Đến 13 tuổi'),
  '14-17': label('14 to 17 years', '14至17岁', 'Từ 14 đến 17 tuổi'),
  '18-39': label('18 to 39 years', '18至39岁', 'Từ 18 đến 39 tuổi'),
  '40-59': label('40 to 59 years', '40至59岁', 'Từ 40 đến 59 tuổi'),
  '60-': label('60 years and over', '60岁及以上', 'Từ 60 tuổi trở lên'),
  unknown: NOT_KNOWN,
};

/** What speaks for one person in two cases, or against it. */
export const MATCH_REASON_LABELS: LabelsOf<MatchReasonCode> = {
  'same-document': label('Same document', '证件相同', 'Cùng giấy tờ'),
  'same-name': label('Same name', '姓名相同', 'Cùng họ tên'),
  'similar-name': label('Similar name', '姓名相似', 'Họ tên gần giống'),
  'birth-date-same': label('Same date of birth', '出生日期相同', 'Cùng ngày sinh'),
  'birth-date-compatible': label('Dates of birth can be the same', '出生日期可能相同', 'Ngày sinh có thể trùng nhau'),
  'birth-date-contradicts': label('Dates of birth contradict each other', '出生日期矛盾', 'Ngày sinh mâu thuẫn'),
  'same-nationality': label('Same nationality', '国籍相同', 'Cùng quốc tịch'),
  'nationality-differs': label('Nationality differs', '国籍不同', 'Khác quốc tịch'),
  'sex-differs': label('Sex differs', '性别不同', 'Khác giới tính'),
};
