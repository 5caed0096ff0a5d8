import type { Text } from '@messlatte/model'

/** What a column of a portfolio holds. */
export type ColumnId =
  | 'article'
  | 'gtin'
  | 'brand'
  | 'product'
  | 'model'
  | 'hardware'
  | 'hasFirmware'
  | 'module'
  | 'supplier'
  | 'version'
  | 'sha256'
  | 'updatable'
  | 'radio'
  | 'internet'
  | 'role'
  | 'market'
  | 'kind'
  | 'planned'
  | 'actual'
  | 'placed'
  | 'proof'
  | 'batch'
  | 'serials'
  | 'quantity'
  | 'stock'
  | 'certificate'
  | 'certificateKind'
  | 'certificateUntil'
  | 'supportUntil'
  | 'tender'
  | 'due'

export interface Column {
  readonly id: ColumnId
  readonly title: Text
  /** What to write there; the template says it. */
  readonly help: Text
  /** Other headers under which people have it, in lower case without spaces and signs. */
  readonly also: readonly string[]
  readonly required?: true
}

function column(
  id: ColumnId,
  [en, de]: readonly [string, string],
  [helpEn, helpDe]: readonly [string, string],
  also: readonly string[] = [],
  required?: true,
): Column {
  return {
    id,
    title: { en, de },
    help: { en: helpEn, de: helpDe },
    also,
    ...(required && { required }),
  }
}

/** In the order of the template. Several values of one cell stand behind each other, with | between them. */
export const COLUMNS: readonly Column[] = [
  column(
    'article',
    ['Article number', 'Artikelnummer'],
    ['your number of the article', 'Ihre Nummer des Artikels'],
    ['sku', 'article', 'artikel', 'artnr', 'artikelnr', 'item', 'itemnumber', 'partnumber', 'materialnummer'],
    true,
  ),
  column(
    'gtin',
    ['GTIN', 'GTIN'],
    ['8, 12, 13 or 14 digits', '8, 12, 13 oder 14 Ziffern'],
    ['ean', 'upc', 'ean13', 'gtin13', 'gtin14', 'gtinean', 'barcode'],
  ),
  column(
    'brand',
    ['Brand', 'Marke'],
    ['the name on the product', 'der Name auf dem Produkt'],
    ['trademark', 'handelsmarke'],
  ),
  column(
    'product',
    ['Product', 'Produkt'],
    ['what it is called', 'wie es heißt'],
    ['productname', 'produktname', 'produktbezeichnung', 'bezeichnung', 'description', 'artikelbezeichnung'],
  ),
  column(
    'model',
    ['Model', 'Modell'],
    [
      'the type designation; the article number where there is no such column',
      'die Typenbezeichnung; ohne diese Spalte die Artikelnummer',
    ],
    ['type', 'typ', 'modelnumber', 'modellnummer', 'modellbezeichnung'],
  ),
  column(
    'hardware',
    ['Hardware', 'Hardware'],
    ['variant or revision', 'Variante oder Stand'],
    [
      'hardwarevariant',
      'hardwarevariante',
      'hardwareversion',
      'hardwarerevision',
      'hwrev',
      'variant',
      'variante',
    ],
  ),
  column(
    'hasFirmware',
    ['Has firmware', 'Enthält Firmware'],
    ['yes or no; empty means yes', 'ja oder nein; leer bedeutet ja'],
    ['firmware?', 'withfirmware', 'mitfirmware'],
  ),
  column(
    'module',
    ['Module', 'Modul'],
    ['what has firmware of its own; the model where empty', 'was eigene Firmware hat; das Modell, wenn leer'],
    ['modules', 'firmwaremodul', 'platform', 'plattform'],
  ),
  column(
    'supplier',
    ['Supplier', 'Lieferant'],
    ['who supplies the module', 'wer das Modul liefert'],
    ['odm', 'oem', 'vendor', 'lieferanten', 'zulieferer', 'hersteller', 'manufacturer'],
  ),
  column(
    'version',
    ['Firmware version', 'Firmware-Version'],
    ['of the module', 'des Moduls'],
    ['firmware', 'version', 'fwversion', 'softwareversion', 'firmwarestand', 'softwarestand'],
  ),
  column(
    'sha256',
    ['Firmware SHA-256', 'Firmware-SHA-256'],
    ['of a file of the release, 64 hexadecimal digits', 'einer Datei der Firmware, 64 Hexadezimalziffern'],
    ['sha256', 'firmwaredigest', 'digest', 'prüfsumme', 'firmwarehash'],
  ),
  column(
    'updatable',
    ['Can be updated', 'Aktualisierbar'],
    ['yes or no', 'ja oder nein'],
    ['updatable', 'updates', 'updatefähig', 'otafähig', 'ota', 'updatecapable'],
  ),
  column('radio', ['Radio equipment', 'Funkanlage'], ['yes or no', 'ja oder nein'], ['radio', 'funk', 'red']),
  column(
    'internet',
    ['On the internet', 'Am Internet'],
    ['yes or no, also through other equipment', 'ja oder nein, auch über andere Geräte'],
    ['internet', 'internetconnected', 'internetfähig', 'vernetzt'],
  ),
  column(
    'role',
    ['Role', 'Rolle'],
    [
      'maker, authorised representative, importer, brand owner, distributor or buyer',
      'Hersteller, Bevollmächtigter, Einführer, Markeninhaber, Händler oder Käufer',
    ],
    ['economicoperator', 'wirtschaftsakteur', 'ourrole', 'unsererolle'],
  ),
  column(
    'market',
    ['Market', 'Markt'],
    ['two letters: DE, FR, GB, EU', 'zwei Buchstaben: DE, FR, GB, EU'],
    ['country', 'land', 'zielmarkt', 'zielland'],
  ),
  column(
    'kind',
    ['Supply', 'Vorgang'],
    [
      'placing or making available; where empty, as the role has it',
      'Inverkehrbringen oder Bereitstellung; wenn leer, nach der Rolle',
    ],
    ['supplykind', 'lieferart', 'artdesvorgangs', 'vorgangsart'],
  ),
  column(
    'planned',
    ['Planned on', 'Geplant am'],
    ['2027-01-15 or 15.01.2027', '15.01.2027 oder 2027-01-15'],
    ['planneddate', 'plandatum', 'plantermin', 'eta', 'geplant'],
  ),
  column(
    'actual',
    ['Done on', 'Erfolgt am'],
    ['the day on which it happened', 'der Tag, an dem es geschah'],
    ['actualdate', 'istdatum', 'isttermin', 'erfolgt', 'shippedon', 'geliefertam'],
  ),
  column(
    'placed',
    ['Placed on the market on', 'In Verkehr gebracht am'],
    ['for stock: when the units were first supplied', 'für Bestand: wann die Geräte zuerst abgegeben wurden'],
    ['placedon', 'placingdate', 'inverkehrbringen', 'datuminverkehrbringen', 'inverkehrgebracht'],
  ),
  column(
    'proof',
    ['Proof of the day', 'Nachweis des Tages'],
    ['the document', 'das Dokument'],
    ['proof', 'nachweis', 'beleg', 'datumsnachweis', 'proofofdate', 'document', 'dokument'],
  ),
  column('batch', ['Batch', 'Charge'], ['or a range', 'oder ein Bereich'], ['lot', 'los', 'chargennummer']),
  column(
    'serials',
    ['Serial numbers', 'Seriennummern'],
    ['from and to', 'von und bis'],
    ['serials', 'serialnumber', 'serialrange', 'seriennummer', 'seriennummernbereich'],
  ),
  column(
    'quantity',
    ['Quantity', 'Menge'],
    ['units', 'Stück'],
    ['qty', 'units', 'stück', 'anzahl', 'stückzahl'],
  ),
  column(
    'stock',
    ['Stock', 'Bestand'],
    ['units in a warehouse', 'Stück im Lager'],
    ['onhand', 'lagerbestand', 'restbestand', 'inventory'],
  ),
  column(
    'certificate',
    ['Certificate', 'Bescheinigung'],
    [
      'number of a certificate, a type examination or a label',
      'Nummer von Bescheinigung, Baumusterprüfung oder Kennzeichen',
    ],
    ['certificates', 'zertifikat', 'zertifikate', 'bescheinigungen', 'baumusterprüfung'],
  ),
  column(
    'certificateKind',
    ['Kind of certificate', 'Art der Bescheinigung'],
    ['certificate, type examination or label', 'Bescheinigung, Baumusterprüfung oder Kennzeichen'],
    ['certificatekind', 'certificatetype', 'zertifikatsart', 'bescheinigungsart'],
  ),
  column(
    'certificateUntil',
    ['Certificate valid until', 'Bescheinigung gültig bis'],
    ['a day', 'ein Tag'],
    ['certificateexpiry', 'zertifikatgültigbis', 'gültigbis', 'validuntil', 'zertifikatbis'],
  ),
  column(
    'supportUntil',
    ['Security updates until', 'Sicherheitsaktualisierungen bis'],
    ['end of the support period', 'Ende des Unterstützungszeitraums'],
    [
      'supportuntil',
      'supportperiod',
      'unterstützungbis',
      'unterstützungszeitraumbis',
      'supportbis',
      'endofsupport',
    ],
  ),
  column(
    'tender',
    ['Tender or contract', 'Ausschreibung oder Vertrag'],
    ['number', 'Nummer'],
    ['tender', 'ausschreibung', 'vertrag', 'contract', 'order', 'auftrag', 'bestellung'],
  ),
  column(
    'due',
    ['Delivery due on', 'Liefertermin'],
    ['the day on which it is owed', 'der geschuldete Tag'],
    ['due', 'duedate', 'deliverydate', 'lieferdatum', 'fälligam'],
  ),
]

/** Header of the column that tells what is wrong with a row; on the way back it is passed over. */
export const WRONG: Text = { en: 'What is wrong', de: 'Was nicht stimmt' }

/** A header without spaces, signs and case. */
export function plainHeader(header: string): string {
  return header
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\s_\-–./()*:#]/g, '')
}

const BY_HEADER: ReadonlyMap<string, ColumnId> = new Map(
  COLUMNS.flatMap(({ id, title, also }) =>
    [plainHeader(title.en), plainHeader(title.de), ...also].map((header) => [header, id] as const),
  ),
)

export function columnOf(header: string): ColumnId | undefined {
  return BY_HEADER.get(plainHeader(header))
}

/** Whether a header is the column's own, not one of the others under which people have it. */
export function isOwnHeader(header: string, id: ColumnId): boolean {
  const title = COLUMNS.find((one) => one.id === id)?.title
  return title !== undefined && [title.en, title.de].some((one) => plainHeader(one) === plainHeader(header))
}

export function isWrongColumn(header: string): boolean {
  return [WRONG.en, WRONG.de].some((one) => plainHeader(one) === plainHeader(header))
}
