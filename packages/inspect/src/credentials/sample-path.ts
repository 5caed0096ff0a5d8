const SAMPLE_FOLDERS =
  /(^|\/)(usr\/(local\/)?share\/doc|share\/doc|usr\/share\/(man|info|gtk-doc)|examples?|samples?|testdata|test-data|test[-_]vectors?|tests?|selftests?|python[\d.]+\/test|node_modules\/[^/]+\/(test|tests|example|examples))\//

/** Sources of tests by the names that test tools want. */
const TEST_SOURCE =
  /(?:_test\.go|(?:^|\/)test_[\w-]+\.py|_test\.py|[._](?:test|spec)\.[cm]?[jt]sx?|_spec\.rb|Test\.(?:java|kt))$/
/** File systems of a running product. */
const SYSTEM = /@0x[0-9a-f]+:(?:squashfs|cramfs|ext[234]?|ubifs|jffs2|erofs|romfs|yaffs\d?|f2fs|cpio)\//
/** What only wraps one file: the name of that file says where it lies. */
const WRAPPED = /^[^/]*\/(.*)@0x[0-9a-f]+:(?:gzip|xz|bzip2|lzma|zstd|lz4|lzip|compress)$/

/**
 * Whether a path is documentation, an example or a test by its folders: what lies there is not read by the running
 * product, so far as a path can say.
 * @param inner path below the root, without a leading slash
 */
export function isSamplePath(inner: string): boolean {
  return SAMPLE_FOLDERS.test(inner) || TEST_SOURCE.test(inner)
}

/** The folders of a nested archive inside of a file system, with a slash behind them; those of a delivery say nothing. */
function belowSystem(root: string): string {
  const [, ...inside] = root.split(SYSTEM)
  return `${inside.join('/').replaceAll(/@0x[0-9a-f]+:[\w-]+(?=\/|$)/g, '')}/`
}

/** The same of an artefact: a compressed manual page, and what lies in an archive beside it, are documentation too. */
export function isSampleArtefact({
  root,
  inner,
}: {
  readonly root: string
  readonly inner: string
}): boolean {
  return isSamplePath(inner) || isSamplePath(WRAPPED.exec(root)?.[1] ?? '') || isSamplePath(belowSystem(root))
}
