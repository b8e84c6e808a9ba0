// @peculiar/x509 builds its parsers by dependency injection, which asks for this polyfill to be there
// before its first module runs. A module of its own, since bundlers run a CommonJS package only where
// it is imported, after the modules that they have hoisted. Bun, on the other hand, runs CommonJS
// packages before all modules, in the order in which they are imported: so inspect.ts imports it too.
import 'reflect-metadata'
