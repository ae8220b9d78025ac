import type { Direction } from '../kernel/sides.ts';
import type { ReferenceEntry } from './entry.ts';

/** In what a figure is counted or measured. */
export const FIGURE_UNITS = [
  'persons',
  'incidents',
  'kg',
  't',
  'places',
  'visits',
  'courses',
  'pairs',
  'meetings',
  'agreements',
  'presentations',
] as const;
export type FigureUnit = (typeof FIGURE_UNITS)[number];

/** Whether it is a weight, and one of the units of seizures; everything else is counted, in whole numbers. */
export const isWeight = (unit: FigureUnit): boolean => unit === 'kg' || unit === 't';

export interface FigureEntry extends ReferenceEntry {
  /** The units in which it is given, the one in which reports of the ledger show it first. */
  readonly units: readonly FigureUnit[];
  /** Of a handover: the delivering side first. Left out where no direction is stated. */
  readonly direction?: Direction;
}

/** Figures that conferences and reports publish, each by the id that it has in every answer. */
export const FIGURES: readonly FigureEntry[] = [
  {
    code: 'fugitive.handed-over.VN-CN',
    units: ['persons', 'incidents'],
    direction: 'VN-CN',
    labels: {
      en: 'Fugitives handed over by Viet Nam to China',
      'zh-Hans': '越南移交中国的逃犯',
      vi: 'Đối tượng truy nã Việt Nam bàn giao cho Trung Quốc',
    },
    verified: false,
  },
  {
    code: 'fugitive.handed-over.CN-VN',
    units: ['persons', 'incidents'],
    direction: 'CN-VN',
    labels: {
      en: 'Fugitives handed over by China to Viet Nam',
      'zh-Hans': '中国移交越南的逃犯',
      vi: 'Đối tượng truy nã Trung Quốc bàn giao cho Việt Nam',
    },
    verified: false,
  },
  {
    code: 'fugitive.seized',
    units: ['persons', 'incidents'],
    labels: { en: 'Fugitives seized', 'zh-Hans': '抓获的逃犯', vi: 'Đối tượng truy nã bị bắt giữ' },
    verified: false,
  },
  {
    code: 'suspect.handed-over.VN-CN',
    units: ['persons', 'incidents'],
    direction: 'VN-CN',
    labels: {
      en: 'Suspects without an earlier warrant handed over by Viet Nam to China',
      'zh-Hans': '越南移交中国的犯罪嫌疑人（事先未被通缉）',
      vi: 'Nghi phạm (chưa bị truy nã) Việt Nam bàn giao cho Trung Quốc',
    },
    verified: false,
  },
  {
    code: 'suspect.handed-over.CN-VN',
    units: ['persons', 'incidents'],
    direction: 'CN-VN',
    labels: {
      en: 'Suspects without an earlier warrant handed over by China to Viet Nam',
      'zh-Hans': '中国移交越南的犯罪嫌疑人（事先未被通缉）',
      vi: 'Nghi phạm (chưa bị truy nã) Trung Quốc bàn giao cho Việt Nam',
    },
    verified: false,
  },
  {
    code: 'irregular-entry.handed-over.VN-CN',
    units: ['persons', 'incidents'],
    direction: 'VN-CN',
    labels: {
      en: 'Irregular entry: persons transferred by Viet Nam to China',
      'zh-Hans': '越南移交中国的非法入境人员',
      vi: 'Người nhập cảnh trái phép Việt Nam bàn giao cho Trung Quốc',
    },
    verified: false,
  },
  {
    code: 'irregular-entry.handed-over.CN-VN',
    units: ['persons', 'incidents'],
    direction: 'CN-VN',
    labels: {
      en: 'Irregular entry: persons returned by China to Viet Nam',
      'zh-Hans': '中国遣返越南的非法入境人员',
      vi: 'Người vi phạm nhập cư Trung Quốc trao trả cho Việt Nam',
    },
    verified: false,
  },
  {
    code: 'trafficking-victim.rescued',
    units: ['persons', 'incidents'],
    labels: {
      en: 'Victims of trafficking rescued',
      'zh-Hans': '解救的被拐卖受害者',
      vi: 'Nạn nhân bị mua bán được giải cứu',
    },
    verified: false,
  },
  {
    code: 'trafficking-victim.repatriated.VN-CN',
    units: ['persons', 'incidents'],
    direction: 'VN-CN',
    labels: {
      en: 'Victims of trafficking repatriated from Viet Nam to China',
      'zh-Hans': '从越南送返中国的被拐卖受害者',
      vi: 'Nạn nhân bị mua bán từ Việt Nam được hồi hương về Trung Quốc',
    },
    verified: false,
  },
  {
    code: 'trafficking-victim.repatriated.CN-VN',
    units: ['persons', 'incidents'],
    direction: 'CN-VN',
    labels: {
      en: 'Victims of trafficking repatriated from China to Viet Nam',
      'zh-Hans': '从中国送返越南的被拐卖受害者',
      vi: 'Nạn nhân bị mua bán từ Trung Quốc được hồi hương về Việt Nam',
    },
    verified: false,
  },
  {
    code: 'trafficking.cracked',
    units: ['incidents'],
    labels: { en: 'Trafficking incidents cracked', 'zh-Hans': '侦破的拐卖案件', vi: 'Vụ mua bán người được khám phá' },
    verified: false,
  },
  {
    code: 'unlawful-detention.rescued',
    units: ['persons', 'incidents'],
    labels: {
      en: 'Persons rescued from unlawful detention',
      'zh-Hans': '解救的被非法拘禁人员',
      vi: 'Người bị giam giữ trái phép được giải cứu',
    },
    verified: false,
  },
  {
    code: 'unlawful-detention.handed-over',
    units: ['persons', 'incidents'],
    labels: {
      en: 'Persons rescued from unlawful detention and transferred',
      'zh-Hans': '解救并移交的被非法拘禁人员',
      vi: 'Người bị giam giữ trái phép được giải cứu và bàn giao',
    },
    verified: false,
  },
  {
    code: 'sentenced-person.handed-over.VN-CN',
    units: ['persons'],
    direction: 'VN-CN',
    labels: {
      en: 'Sentenced persons transferred by Viet Nam to China',
      'zh-Hans': '越南移管中国的被判刑人',
      vi: 'Người đang chấp hành án phạt tù Việt Nam chuyển giao cho Trung Quốc',
    },
    verified: false,
  },
  {
    code: 'sentenced-person.handed-over.CN-VN',
    units: ['persons'],
    direction: 'CN-VN',
    labels: {
      en: 'Sentenced persons transferred by China to Viet Nam',
      'zh-Hans': '中国移管越南的被判刑人',
      vi: 'Người đang chấp hành án phạt tù Trung Quốc chuyển giao cho Việt Nam',
    },
    verified: false,
  },
  {
    code: 'high-technology-crime.handled',
    units: ['persons', 'incidents'],
    labels: {
      en: 'High-technology property crime handled',
      'zh-Hans': '办理的高科技侵财犯罪',
      vi: 'Tội phạm công nghệ cao chiếm đoạt tài sản được xử lý',
    },
    verified: false,
  },
  {
    code: 'border-management.violations-handled',
    units: ['incidents'],
    labels: {
      en: 'Border-management violations handled',
      'zh-Hans': '处理的违反边境管理事件',
      vi: 'Vụ vi phạm quản lý biên giới được xử lý',
    },
    verified: false,
  },
  {
    code: 'drugs.cracked',
    units: ['incidents'],
    labels: {
      en: 'Drug crimes cracked in joint campaigns',
      'zh-Hans': '联合行动中侦破的毒品案件',
      vi: 'Vụ án ma túy được khám phá trong các chiến dịch chung',
    },
    verified: false,
  },
  {
    code: 'drugs.arrested',
    units: ['persons'],
    labels: {
      en: 'Persons arrested in joint drug campaigns',
      'zh-Hans': '联合禁毒行动中抓获的人员',
      vi: 'Người bị bắt trong các chiến dịch chung về ma túy',
    },
    verified: false,
  },
  {
    code: 'drugs.seized',
    units: ['kg', 't'],
    labels: { en: 'Drugs seized', 'zh-Hans': '缴获的毒品', vi: 'Ma túy bị thu giữ' },
    verified: false,
  },
  {
    code: 'drugs.ketamine-seized',
    units: ['t', 'kg'],
    labels: { en: 'Ketamine seized', 'zh-Hans': '缴获的氯胺酮', vi: 'Ketamine bị thu giữ' },
    verified: false,
  },
  {
    code: 'drugs.precursors-seized',
    units: ['t', 'kg'],
    labels: { en: 'Precursor chemicals seized', 'zh-Hans': '缴获的制毒物品', vi: 'Tiền chất bị thu giữ' },
    verified: false,
  },
  {
    code: 'gambling.hubs-dismantled',
    units: ['places'],
    labels: { en: 'Gambling hubs dismantled', 'zh-Hans': '捣毁的赌博窝点', vi: 'Tụ điểm đánh bạc bị triệt phá' },
    verified: false,
  },
  {
    code: 'cooperation.visits',
    units: ['visits'],
    labels: { en: 'Mutual visits', 'zh-Hans': '互访', vi: 'Chuyến thăm lẫn nhau' },
    verified: false,
  },
  {
    code: 'cooperation.training-courses',
    units: ['courses'],
    labels: { en: 'Training courses', 'zh-Hans': '培训班', vi: 'Khóa đào tạo' },
    verified: false,
  },
  {
    code: 'cooperation.officers-trained',
    units: ['persons'],
    labels: { en: 'Officers trained', 'zh-Hans': '培训的警官', vi: 'Cán bộ được đào tạo' },
    verified: false,
  },
  {
    code: 'cooperation.stations-with-memorandum',
    units: ['pairs'],
    labels: {
      en: 'Pairs of district police stations with a memorandum',
      'zh-Hans': '签署备忘录的县级公安机关对',
      vi: 'Cặp công an cấp huyện có biên bản ghi nhớ',
    },
    verified: false,
  },
  {
    code: 'cooperation.meetings',
    units: ['meetings'],
    labels: {
      en: 'Conferences and other meetings held',
      'zh-Hans': '举行的会议',
      vi: 'Hội nghị và cuộc họp đã tổ chức',
    },
    verified: false,
  },
  {
    code: 'cooperation.agreements-signed',
    units: ['agreements'],
    labels: {
      en: 'Agreements and memoranda signed',
      'zh-Hans': '签署的协议和备忘录',
      vi: 'Thỏa thuận và biên bản ghi nhớ đã ký',
    },
    verified: false,
  },
  {
    code: 'cooperation.equipment-presented',
    units: ['presentations'],
    labels: {
      en: 'Equipment presented',
      'zh-Hans': '赠送的装备',
      vi: 'Trang thiết bị được trao tặng',
    },
    verified: false,
  },
];
