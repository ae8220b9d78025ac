/**
 * Loaded before each test file. tap hooks itself into the loading of every module, in each thread and process of a test, for coverage and mocks, of which
 * there are none here; Node then neither keeps nor uses what it has compiled, and the suite takes a third longer.
 */
import module from 'node:module';

module.registerHooks = () => ({ deregister: () => {} });
module.syncBuiltinESMExports();
// By which it would be loaded into what a test starts.
delete process.env['NODE_OPTIONS'];
