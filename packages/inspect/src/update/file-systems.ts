/** Formats that hold the files of an operating system. */
const NAMES = 'squashfs|ext|ubifs|jffs2|cramfs|romfs|erofs|btrfs|f2fs|xfs|cpio|yaffs|minix|ufs'

/** A nest path that ends with such a container: what has it as its root lies among the files of a system. */
export const FILE_SYSTEM = new RegExp(`:(?:${NAMES})$`)
/** A nest path of something that lies in one, or in a file of it. */
export const IN_FILE_SYSTEM = new RegExp(`:(?:${NAMES})/`)
