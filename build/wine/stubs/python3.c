/* python3.dll for the proof under Wine: everything it gives is forwarded by its .def file. */
int __stdcall DllMain(void *module, unsigned long why, void *more) { return 1; }
