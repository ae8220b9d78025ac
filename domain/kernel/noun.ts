/** A noun with its indefinite article: a case, an agreement; one that is plural has none. */
export const withArticle = (noun: string): string => {
  if (noun.endsWith('s')) return noun;
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
};
