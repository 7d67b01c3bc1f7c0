/* For the proof under Wine only, never shipped: Windows 10 has it, Wine 8 has not, and PDFium takes its random numbers
   from it before it reads a file. */
__declspec(dllimport) unsigned char __stdcall SystemFunction036(void *to, unsigned long size);

__declspec(dllexport) int __stdcall ProcessPrng(unsigned char *to, unsigned long long size) {
    return SystemFunction036(to, (unsigned long)size);
}

int __stdcall DllMain(void *module, unsigned long why, void *more) { return 1; }
