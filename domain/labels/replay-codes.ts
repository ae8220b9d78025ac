import { label } from './label.ts';

/** How a replay of views stands. */
export const REPLAY_STATUS_LABELS = {
  running: label('Under way', '进行中', 'Đang thực hiện'),
  equal: label('Equal', '一致', 'Khớp'),
  differences: label('Differences found', '发现差异', 'Có khác biệt'),
  failed: label('Failed', '失败', 'Thất bại'),
};

/** What a view that was replayed is held against. */
export const REPLAY_COMPARISON_LABELS = {
  'same-position': label(
    'The live view at the same place in the log',
    '日志同一位置的现行视图',
    'Dữ liệu hiện hành tại cùng vị trí trong nhật ký',
  ),
  since: label(
    'The live view as it is now: what has changed since',
    '当前视图：此后的变化',
    'Dữ liệu hiện tại: những gì đã thay đổi kể từ đó',
  ),
};

/** How a row differs. */
export const ROW_DIFFERENCE_LABELS = {
  differs: label('Differs from what the log gives', '与日志得出的不同', 'Khác với kết quả từ nhật ký'),
  'only-live': label('Only in the live view', '仅见于现行视图', 'Chỉ có trong dữ liệu hiện hành'),
  'only-replayed': label('Only in what the log gives', '仅见于日志得出的结果', 'Chỉ có trong kết quả từ nhật ký'),
};

/** What a replay is at. */
export const REPLAY_STEP_LABELS = {
  replaying: label('Replaying events', '正在重放事件', 'Đang phát lại các sự kiện'),
  comparing: label('Comparing rows', '正在比对记录行', 'Đang so sánh các dòng'),
};
