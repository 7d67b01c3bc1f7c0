; The installer for Windows: for one user, without an administrator. Compiled by deliver.py:
;   makensis -INPUTCHARSET UTF8 -DVERSION=1.2.3 -DSOURCE=dist/jibiao -DOUT=setup.exe [-DAMD64] [-DFAST] installer.nsi
; AMD64: a 64-bit installer (the proof under Wine has no 32-bit programs); FAST: quick to compile, larger.
;
; /S             nothing is shown or asked
; /DESKTOP       with a shortcut on the desktop
; /D=C:\folder   where to; the last word of the call, without quotes
; Exit codes: 0 done · 1 given up by the user · 2 a file could not be written · 3 not for this Windows ·
;             5 绩表 is running · 6 no room on the disk · 7 the folder belongs to another program

Unicode true
!ifdef AMD64
  Target amd64-unicode
!endif
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
!ifdef FAST
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh

!define NAME "绩表"
!define EXE "jibiao.exe"
!define INSIDE "_internal"
!define ASIDE ".old"
!define KEY "Software\jibiao"
!define PROGID "jibiao.package"
!define ENDING ".jibiao"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\jibiao"

Name "${NAME} ${VERSION}"
Caption "${NAME} ${VERSION} 安装"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\jibiao"
InstallDirRegKey HKCU "${KEY}" "InstallDir"
BrandingText "${NAME}"
AllowSkipFiles off

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "CompanyName" "${NAME}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"

!define MUI_ICON "..\resources\icons\jibiao.ico"
!define MUI_UNICON "..\resources\icons\jibiao.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "installer.bmp"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "即将在这台电脑上为当前用户安装${NAME}，不需要管理员权限。$\r$\n$\r$\n已经安装过的，会更新为这个版本；填写的数据和备份不受影响。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${EXE}"
!define MUI_FINISHPAGE_RUN_TEXT "打开${NAME}"
!define MUI_FINISHPAGE_SHOWREADME ""
!define MUI_FINISHPAGE_SHOWREADME_NOTCHECKED
!define MUI_FINISHPAGE_SHOWREADME_TEXT "在桌面上放一个快捷方式"
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION desktop
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将从这台电脑上卸载${NAME}。填写的数据和备份不会删除，仍在 $LOCALAPPDATA\jibiao 文件夹里。"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Var changed   ; 1 once files of the folder are touched: from then on a failure is rolled back

; Leaves with a sentence; where nothing is shown, with the code alone.
!macro refuse code sentence
  MessageBox MB_OK|MB_ICONEXCLAMATION "${sentence}" /SD IDOK
  SetErrorLevel ${code}
  Abort
!macroend

; A program that runs cannot be opened for writing.
!macro wait_until_closed
  ${DoWhile} ${FileExists} "$INSTDIR\${EXE}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${EXE}" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME}正在运行。请先关闭${NAME}的窗口，再选“重试”。" /SD IDCANCEL IDRETRY +3
    SetErrorLevel 5
    Abort
    Nop
  ${Loop}
!macroend

!macro shell_changed
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${RunningX64}
    !insertmacro refuse 3 "${NAME}需要64位的Windows 10或Windows 11。"
  ${EndIf}
FunctionEnd

Function desktop
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${EXE}" "" "$INSTDIR\${EXE}" 0
FunctionEnd

Section "-${NAME}" main
  SetShellVarContext current
  ${If} ${FileExists} "$INSTDIR\${INSIDE}\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\${EXE}"
  ${AndIfNot} ${FileExists} "$INSTDIR\${EXE}${ASIDE}"
    !insertmacro refuse 7 "文件夹“$INSTDIR”里有其他程序的文件。请另选一个文件夹。"
  ${EndIf}
  !insertmacro wait_until_closed

  ClearErrors
  CreateDirectory "$INSTDIR"
  ${If} ${Errors}
    !insertmacro refuse 2 "文件夹“$INSTDIR”不能写入。请另选一个文件夹。"
  ${EndIf}
  SectionGetSize ${main} $1   ; in KB
  IntOp $1 $1 + 8192
  System::Call 'kernel32::GetDiskFreeSpaceExW(w "$INSTDIR", *l .r2, p 0, p 0) i .r0'
  System::Int64Op $2 / 1024
  Pop $2
  System::Int64Op $2 < $1
  Pop $3
  ${If} $0 <> 0
  ${AndIf} $3 <> 0
    RMDir "$INSTDIR"   ; only where it is empty
    !insertmacro refuse 6 "磁盘空间不足：安装${NAME}需要约 $1 KB，只剩 $2 KB。请腾出空间后再安装，原有的程序和数据没有改动。"
  ${EndIf}

  ; The former files are put aside at one stroke, so that none of them stays behind and a failure can be undone.
  StrCpy $changed 1
  RMDir /r "$INSTDIR\${INSIDE}${ASIDE}"
  Delete "$INSTDIR\${EXE}${ASIDE}"
  ClearErrors
  ${If} ${FileExists} "$INSTDIR\${INSIDE}\*.*"
    Rename "$INSTDIR\${INSIDE}" "$INSTDIR\${INSIDE}${ASIDE}"
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\${EXE}"
    Rename "$INSTDIR\${EXE}" "$INSTDIR\${EXE}${ASIDE}"
  ${EndIf}
  ${If} ${Errors}
    !insertmacro refuse 5 "“$INSTDIR”里的程序文件正被使用，不能更新。请关闭${NAME}和正在检查它的其他程序，再安装一次。"
  ${EndIf}
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}/*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  RMDir /r "$INSTDIR\${INSIDE}${ASIDE}"
  Delete "$INSTDIR\${EXE}${ASIDE}"

  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${EXE}" "" "$INSTDIR\${EXE}" 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DESKTOP" $1
  ${IfNot} ${Errors}
    Call desktop
  ${EndIf}
  WriteRegStr HKCU "${KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "Software\Classes\${ENDING}" "" "${PROGID}"
  WriteRegStr HKCU "Software\Classes\${ENDING}\OpenWithProgids" "${PROGID}" ""
  WriteRegStr HKCU "Software\Classes\${PROGID}" "" "${NAME}表格文件"
  WriteRegStr HKCU "Software\Classes\${PROGID}\DefaultIcon" "" "$INSTDIR\${EXE},0"
  WriteRegStr HKCU "Software\Classes\${PROGID}\shell\open\command" "" '"$INSTDIR\${EXE}" open "%1"'
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${EXE},0"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  SectionGetSize ${main} $0
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
  !insertmacro shell_changed
SectionEnd

Function .onInstFailed
  ${If} $changed == 1
    SetOutPath "$TEMP"   ; out of the folder that is cleared
    ${If} ${FileExists} "$INSTDIR\${INSIDE}${ASIDE}\*.*"
      RMDir /r "$INSTDIR\${INSIDE}"
      Rename "$INSTDIR\${INSIDE}${ASIDE}" "$INSTDIR\${INSIDE}"
    ${EndIf}
    ${If} ${FileExists} "$INSTDIR\${EXE}${ASIDE}"
      Delete "$INSTDIR\${EXE}"
      Rename "$INSTDIR\${EXE}${ASIDE}" "$INSTDIR\${EXE}"
    ${EndIf}
    ${IfNot} ${FileExists} "$INSTDIR\uninstall.exe"   ; nothing was installed before
      RMDir /r "$INSTDIR\${INSIDE}"
      Delete "$INSTDIR\${EXE}"
      RMDir "$INSTDIR"
    ${EndIf}
  ${EndIf}
FunctionEnd

Section "Uninstall"
  SetShellVarContext current
  !insertmacro wait_until_closed
  RMDir /r "$INSTDIR\${INSIDE}"
  Delete "$INSTDIR\${EXE}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"   ; only where it is empty
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  ReadRegStr $0 HKCU "Software\Classes\${ENDING}" ""
  ${If} $0 == "${PROGID}"
    DeleteRegKey HKCU "Software\Classes\${ENDING}"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\${PROGID}"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "${KEY}"
  !insertmacro shell_changed
  ; The data in %LOCALAPPDATA%\jibiao are the clerk's: they stay.
SectionEnd
