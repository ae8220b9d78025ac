/** What stands in places of an address that are no ids. */
export const IN_ADDRESSES: Readonly<Record<string, string>> = {
  ':revision': '0',
  ':year': '2024',
  ':direction': 'VN-CN',
  ':list': 'provinces',
  ':kind': 'fugitive',
  ':replayId': '00000000-0000-4000-8000-000000000000',
  ':figure': 'fugitive.handed-over.VN-CN',
};
