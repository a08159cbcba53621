/** A larger file is refused without being opened, bytes. */
export const LARGEST_FILE = 200_000_000;
