/** All readers, so nothing else of the command line imports it. */
export { serveListing as run } from '@messlatte/unpack'
