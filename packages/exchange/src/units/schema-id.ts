/** `$id` of `schema/units-1.schema.json`; the number rises with every change that could break a reader. */
export const UNITS_SCHEMA_ID = 'urn:messlatte:units:1'
