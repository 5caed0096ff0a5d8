const SAMPLE_FOLDERS =
  /(^|\/)(usr\/(local\/)?share\/doc|share\/doc|usr\/share\/(man|info|gtk-doc)|examples?|samples?|testdata|test-data|test[-_]vectors?|tests?|selftests?|python[\d.]+\/test|node_modules\/[^/]+\/(test|tests|example|examples))\//

/**
 * Whether a path is documentation, an example or a test by its folders: what lies there is not read by the running
 * product, so far as a path can say.
 * @param inner path below the root, without a leading slash
 */
export function isSamplePath(inner: string): boolean {
  return SAMPLE_FOLDERS.test(inner)
}
