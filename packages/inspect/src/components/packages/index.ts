import { encodeText } from '@messlatte/unpack'
import type { Artefact, Check, MapOut } from '../../contract.ts'
import { placeOf, provisions } from '../../drafts.ts'
import '../facts.ts'
import { DATABASE_FILES, readDatabase } from './databases.ts'
import { MANIFEST_FILES, readManifest } from './manifests.ts'
import { RELEASE_FILES, readRelease } from './release.ts'

export const packagesCheck: Check = {
  id: 'components.packages',
  version: 1,
  title: { en: 'Installed packages', de: 'Installierte Pakete' },
  provisions: provisions(['5.3-1', '5.6-6'], ['5.3-1', '5.6-6']),
  cases: [],
  input: ['image'],
  canShow: {
    en: 'What the package manager recorded as installed, with versions, and the name that the system gives itself.',
    de: 'Was die Paketverwaltung als installiert verzeichnet hat, mit Versionen, und der Name, den das System sich gibt.',
  },
  cannotShow: {
    en: 'What was put there without the package manager, or changed after it.',
    de: 'Was ohne die Paketverwaltung dorthin kam oder danach geändert wurde.',
  },
  states: [],
  wants: { paths: [...DATABASE_FILES, ...MANIFEST_FILES, ...RELEASE_FILES] },
  gives: ['component.packages', 'component.system'],
  look,
}

function look(artefact: Artefact, out: MapOut): void {
  if (artefact.type !== 'file') return
  const database =
    readDatabase(artefact.inner, artefact.text()) ?? readManifest(artefact.inner, artefact.text())
  if (database) {
    const packages = database.packages.map(({ name, version, architecture }) => ({
      name: encodeText(name),
      version: encodeText(version),
      ...(architecture === undefined ? {} : { architecture: encodeText(architecture) }),
    }))
    out.fact('component.packages', placeOf(artefact), { manager: database.manager, packages })
  }
  const release = readRelease(artefact.inner, artefact.text())
  if (release) {
    const version = release.version === undefined ? {} : { version: encodeText(release.version) }
    out.fact('component.system', placeOf(artefact), { id: encodeText(release.id), ...version })
  }
}
