/** Sizes of a local header, a directory record and the end record, with their signatures (APPNOTE 6.3.10, 4.3.7, 4.3.12, 4.3.16). */
export const LOCAL = 30
export const CENTRAL = 46
export const END = 22
/** Methods. */
export const STORED = 0
export const DEFLATED = 8
/** General purpose flag, bit 11 (APPNOTE, appendix D). */
export const NAME_IS_UTF8 = 0x0800
