import type { ReferenceEntry } from './entry.ts';

/** A ground on which a surrender may or must be refused. */
export type RefusalGround =
  | 'political'
  | 'military'
  | 'discrimination'
  | 'torture-risk'
  | 'ne-bis-in-idem'
  | 'time-bar'
  | 'own-national'
  | 'asylum'
  | 'in-absentia'
  | 'death-penalty'
  | 'minor';

export interface RefusalGroundEntry extends ReferenceEntry {
  readonly code: RefusalGround;
  /** Whether the requested side must refuse or may. */
  readonly character: 'mandatory' | 'discretionary';
  /** Where the ground and its character stand; left out where no article is known. */
  readonly source?: string;
}

const article = (number: string): string => `Extradition Law of the People's Republic of China (2000), art. ${number}`;

/**
 * Unverified throughout: characters and articles were written from memory of article 8 (shall be refused) and article 9
 * (may be refused), and Vietnamese law may weigh a ground differently.
 */
export const REFUSAL_GROUNDS: readonly RefusalGroundEntry[] = [
  {
    code: 'political',
    labels: { en: 'Political offence', 'zh-Hans': '政治犯罪', vi: 'Tội phạm chính trị' },
    verified: false,
    character: 'mandatory',
    source: article('8(3)'),
  },
  {
    code: 'military',
    labels: { en: 'Purely military offence', 'zh-Hans': '纯军事犯罪', vi: 'Tội phạm quân sự thuần túy' },
    verified: false,
    character: 'mandatory',
    source: article('8(5)'),
  },
  {
    code: 'discrimination',
    labels: {
      en: 'Prosecution or punishment on discriminatory grounds',
      'zh-Hans': '基于歧视的追诉或处罚',
      vi: 'Truy cứu hoặc trừng phạt vì lý do phân biệt đối xử',
    },
    verified: false,
    character: 'mandatory',
    source: article('8(4)'),
  },
  {
    code: 'torture-risk',
    labels: {
      en: 'Risk of torture or other cruel, inhuman or degrading treatment',
      'zh-Hans': '酷刑或者其他残忍、不人道或有辱人格待遇的风险',
      vi: 'Nguy cơ bị tra tấn hoặc đối xử tàn bạo, vô nhân đạo, hạ nhục',
    },
    verified: false,
    character: 'mandatory',
    source: article('8(7)'),
  },
  {
    code: 'ne-bis-in-idem',
    labels: {
      en: 'Already finally judged for the same act (ne bis in idem)',
      'zh-Hans': '一事不再理',
      vi: 'Không bị kết án hai lần về cùng một hành vi',
    },
    verified: false,
    character: 'mandatory',
    source: article('8(2)'),
  },
  {
    code: 'time-bar',
    labels: { en: 'Time-barred', 'zh-Hans': '已过追诉时效', vi: 'Đã hết thời hiệu' },
    verified: false,
    character: 'mandatory',
    source: article('8(6)'),
  },
  {
    code: 'own-national',
    labels: { en: 'National of the requested Party', 'zh-Hans': '本国公民', vi: 'Công dân của nước được yêu cầu' },
    verified: false,
    character: 'mandatory',
    source: article('8(1)'),
  },
  {
    code: 'asylum',
    labels: { en: 'Asylum granted', 'zh-Hans': '已给予受庇护权利', vi: 'Được cho tị nạn' },
    verified: false,
    character: 'mandatory',
    source: article('8(3)'),
  },
  {
    code: 'in-absentia',
    labels: {
      en: 'Judged in absentia without an assurance of a retrial',
      'zh-Hans': '缺席判决且未保证重新审判',
      vi: 'Bị xét xử vắng mặt mà không có bảo đảm được xét xử lại',
    },
    verified: false,
    character: 'mandatory',
    source: article('8(8)'),
  },
  {
    code: 'death-penalty',
    labels: {
      en: 'Death penalty without a sufficient assurance',
      'zh-Hans': '可能判处死刑且无充分保证',
      vi: 'Có thể bị tử hình mà không có bảo đảm đầy đủ',
    },
    verified: false,
    character: 'discretionary',
  },
  {
    code: 'minor',
    labels: {
      en: 'Minor: surrender incompatible with humanitarian principles',
      'zh-Hans': '未成年人,引渡不符合人道主义原则',
      vi: 'Người chưa thành niên, việc dẫn độ trái nguyên tắc nhân đạo',
    },
    verified: false,
    character: 'discretionary',
    source: article('9(2)'),
  },
];
