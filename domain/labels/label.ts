import type { Labels } from '../reference/entry.ts';

/** Labels of all codes of a list: a code without any does not pass the type check. */
export type LabelsOf<Code extends string> = Readonly<Record<Code, Labels>>;

/** How one thing is called in English, Chinese and Vietnamese. */
export const label = (en: string, zhHans: string, vi: string): Labels => ({ en, 'zh-Hans': zhHans, vi });
