import { escapeXml, writeZip } from '@messlatte/bytes'
import { day } from '../../figures.ts'
import { pick } from '../../text.ts'
import { visible } from '../../visible.ts'
import type { PaperDocument } from '../model.ts'
import { WORDS } from '../words.ts'
import { bodyOf } from './body.ts'
import { HEAD, PACKAGE, RELATIONS, ROOT_NAMES, WORD_TYPE } from './names.ts'
import { numberingXml, stylesXml } from './styles.ts'

/** A document as DOCX (ECMA-376, 5th edition, transitional): styles, headings, lists and tables that one can edit. */
export function writeDocx(document: PaperDocument): Uint8Array {
  const { xml, links, orderedLists } = bodyOf(document)
  return writeZip([
    [
      '[Content_Types].xml',
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${WORD_TYPE}.document.main+xml"/>${['styles', 'numbering', 'header', 'footer', 'settings'].map((part) => `<Override PartName="/word/${part}.xml" ContentType="${WORD_TYPE}.${part}+xml"/>`).join('')}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
    ],
    [
      '_rels/.rels',
      relations([
        [`${RELATIONS}/officeDocument`, 'word/document.xml'],
        [`${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
      ]),
    ],
    ['docProps/core.xml', coreXml(document)],
    ['word/document.xml', xml],
    [
      'word/_rels/document.xml.rels',
      relations([
        [`${RELATIONS}/styles`, 'styles.xml'],
        [`${RELATIONS}/numbering`, 'numbering.xml'],
        [`${RELATIONS}/header`, 'header.xml'],
        [`${RELATIONS}/footer`, 'footer.xml'],
        [`${RELATIONS}/settings`, 'settings.xml'],
        ...links.map((link) => [`${RELATIONS}/hyperlink`, link, 'External'] as const),
      ]),
    ],
    ['word/styles.xml', stylesXml(document.language, document.landscape === true)],
    ['word/numbering.xml', numberingXml(orderedLists)],
    [
      'word/settings.xml',
      `${HEAD}<w:settings ${ROOT_NAMES}><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`,
    ],
    [
      'word/header.xml',
      edge('hdr', textRun(document.product), textRun(day(document.date, document.language))),
    ],
    ['word/footer.xml', edge('ftr', textRun(document.title), pageOf(document))],
  ])
}

function relations(targets: readonly (readonly [type: string, target: string, mode?: 'External'])[]): string {
  const each = targets.map(
    ([type, target, mode], at) =>
      `<Relationship Id="rId${at + 1}" Type="${type}" Target="${escapeXml(target)}"${mode === undefined ? '' : ` TargetMode="${mode}"`}/>`,
  )
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`
}

function coreXml({ title, author, date, language }: PaperDocument): string {
  const said = (name: string, value: string) => `<${name}>${escapeXml(visible(value))}</${name}>`
  const at = (name: string) =>
    `<dcterms:${name} xsi:type="dcterms:W3CDTF">${date}T00:00:00Z</dcterms:${name}>`
  return `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${said('dc:title', title)}${author === undefined ? '' : said('dc:creator', author)}${said('dc:language', language)}${at('created')}${at('modified')}</cp:coreProperties>`
}

function edge(part: 'hdr' | 'ftr', left: string, right: string): string {
  return `${HEAD}<w:${part} ${ROOT_NAMES}><w:p><w:pPr><w:pStyle w:val="Edge"/></w:pPr>${left}<w:r><w:tab/></w:r>${right}</w:p></w:${part}>`
}

function textRun(text: string): string {
  return `<w:r><w:t xml:space="preserve">${escapeXml(visible(text))}</w:t></w:r>`
}

function pageOf({ language }: PaperDocument): string {
  return pick(WORDS.page, language)
    .split(/(\{\w+\})/)
    .map((part) =>
      part === '{page}' ? field('PAGE') : part === '{pages}' ? field('NUMPAGES') : textRun(part),
    )
    .join('')
}

function field(name: 'PAGE' | 'NUMPAGES'): string {
  return `<w:fldSimple w:instr=" ${name} ">${textRun('1')}</w:fldSimple>`
}
