/** An answer, or the error of `tooLate` where it does not come within so many milliseconds; what still comes then is not looked at. */
export const withDeadline = async <Answer>(
  milliseconds: number,
  answer: Promise<Answer>,
  tooLate: () => Error,
): Promise<Answer> => {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate()), milliseconds);
  });
  try {
    return await Promise.race([answer, end]);
  } finally {
    clearTimeout(timer);
  }
};
