import type { Artefact } from '../../contract.ts'
import { isSamplePath } from '../sample-path.ts'

/** Names and folders of samples, templates and what is kept of packages: nothing reads them when the product runs. */
const SAMPLE_NAMES =
  /(?:[._-](?:example|examples|sample|samples|dist|template|tmpl|tpl|orig|in|doc|dpkg-\w+|rpmnew|rpmsave|ucf-\w+)(?:\.\w{1,8})?|\.(?:md|rst|adoc|pod|[1-9]|html?|po|pot|mo|ts|map|d\.ts|css|svg|tex|texi|diff|patch)|(?:^|\/)(?:README|CHANGES|CHANGELOG|NEWS|INSTALL|COPYING|HOWTO|TODO|AUTHORS)[^/]*)$/i
const SAMPLE_PARTS =
  /(?:^|\/)(?:docs?|manual|man\d?|help|locales?|i18n|l10n|lang(?:uages?)?|translations?|testsuite|__tests__|__mocks__|specs?|fixtures|mocks?|benchmarks?|demos?|sample[-_]?\w*|example[-_]?\w*|tutorials?|templates?|bash[-_]completion|completions?|zsh|vim\w*|syntax|schemas?|lintian|bug|tests?|testing|test[-_]\w+|unittests?|[^/]+\.(?:egg|dist)-info)\//i

/** Whether an artefact is a sample, documentation, a translation or a test by its path, also inside of archives. */
export function isNotInUse({ path }: Pick<Artefact, 'path'>): boolean {
  // What the release itself is called says nothing.
  const inside = path.slice(path.indexOf('/') + 1).replaceAll(/@0x[0-9a-f]+:[\w-]+(?=\/)/g, '')
  return isSamplePath(inside) || SAMPLE_NAMES.test(inside) || SAMPLE_PARTS.test(inside)
}

/** Folders of programming languages' libraries: their code is not the product's. */
const LIBRARIES =
  /(?:^|\/)(?:node_modules|nodejs|site-packages|dist-packages|python[\d.]*|perl5?|perl-base|ruby|gems|gocode|go-[\d.]+|rustlib|jquery|bower_components|vendor\/bundle|vendor_ruby|usr\/share\/(?:perl|php|javascript|nodejs|ri|gems|npm|cargo|tcltk))\//

export function isLibrary(inner: string): boolean {
  return LIBRARIES.test(inner)
}
