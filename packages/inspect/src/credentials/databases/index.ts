import { openSqlite, rowsOf, type SqliteRow, type SqliteTable } from '@messlatte/unpack'
import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { CLEAR_NEEDS, concludeClear } from '../clear/conclude.ts'
import { giveSetting } from '../clear/found.ts'
import { isLibrary, isNotInUse } from '../clear/paths.ts'
import type { Setting } from '../clear/settings/index.ts'
import { inferSecret } from '../service-configurations/inferred.ts'
import { isKnownToken } from '../tokens/rules.ts'

const ID = 'credentials.databases'
const KIND = 'credential.database'
/** So many rows of a table are looked at: secrets of a device stand in its first ones. */
const MOST_ROWS = 5000
const MOST_FINDS = 100
/** Columns of tables that keep settings: one names, one has the value. */
const NAMING = /^(?:key|name|setting|option|param(?:eter)?|config_?(?:key|name)|property)$/i
const VALUING = /^(?:value|val|data|config_?value|content|setting_?value)$/i

export const databasesCheck: Check = {
  id: ID,
  version: 1,
  title: { en: 'Credentials in databases', de: 'Zugangsdaten in Datenbanken' },
  provisions: provisions(['5.1-1', '5.4-1', '5.4-3', '5.4-4']),
  cases: cases('5.1-1-1', '5.1-1-2', '5.4-1-1', '5.4-1-2', '5.4-3-1', '5.4-3-2', '5.4-4-1'),
  input: ['image'],
  canShow: {
    en: 'That a password or key stands in the clear in a table of a SQLite database.',
    de: 'Dass ein Passwort oder Schlüssel im Klartext in einer Tabelle einer SQLite-Datenbank steht.',
  },
  cannotShow: {
    en: 'What a write-ahead log, encryption or a program’s own coding keeps away.',
    de: 'Was ein Write-Ahead-Log, eine Verschlüsselung oder eine eigene Kodierung eines Programms verbirgt.',
  },
  states: [KIND],
  wants: { formats: ['sqlite'] },
  needs: [...CLEAR_NEEDS],
  gives: ['credential.clear'],
  look,
  conclude: (facts, out) => concludeClear(ID, facts, out),
}

function look(artefact: Artefact, out: MapOut): void {
  if (isNotInUse(artefact) || isLibrary(artefact.inner)) return
  const database = openSqlite(artefact.bytes)
  if (!database) return
  let finds = 0
  for (const table of database.tables) {
    let rows = 0
    for (const row of rowsOf(artefact.bytes, database, table)) {
      if (++rows > MOST_ROWS || finds >= MOST_FINDS) break
      const settings = settingsOf(table, row)
      for (const setting of settings) {
        const found = inferSecret(artefact.inner, setting, settings)
        if (!found || isKnownToken(setting.value) || ++finds > MOST_FINDS) continue
        giveSetting(out, artefact, ID, setting, { kind: KIND, ...found })
      }
    }
  }
}

/** A row as settings: its columns by their names, or one setting where a column names what another one holds. */
function settingsOf(table: SqliteTable, { rowid, values }: SqliteRow): readonly Setting[] {
  const base = { section: table.name, group: rowid, quoted: true, separator: '=' } as const
  const texts = values.flatMap(({ value, offset }, index) => {
    const text = value instanceof Uint8Array || value === null ? '' : String(value)
    return text === '' || text.length > 4096
      ? []
      : [{ column: table.columns[index] ?? '', text: Buffer.from(text).toString('latin1'), offset }]
  })
  const naming = texts.find(({ column }) => NAMING.test(column))
  const valuing = texts.find(({ column }) => VALUING.test(column))
  if (naming && valuing)
    return [{ ...base, key: naming.text.slice(0, 100), value: valuing.text, offset: valuing.offset }]
  return texts.map(({ column, text, offset }) => ({ ...base, key: column, value: text, offset }))
}
