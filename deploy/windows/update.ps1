<#
.SYNOPSIS
    Brings an installed Wattkeep to the version that lies in its folder.
.DESCRIPTION
    Put the new version into the folder first (git pull, or unpack it over the old one). Makes a backup while Wattkeep still
    runs, stops it, builds, starts it and runs the smoke test. When the build fails, what ran before is started again.
.PARAMETER DataFolder
    As install.ps1 was told.
.PARAMETER BackupFolder
    Where the backup goes. Left out: backups in the data folder.
.PARAMETER SkipBuild
    The folder holds a built version already.
.EXAMPLE
    .\update.ps1
#>
[CmdletBinding()]
param(
    [string]$DataFolder = (Join-Path $env:ProgramData 'Wattkeep'),
    [string]$BackupFolder,
    [switch]$SkipBuild
)
. (Join-Path $PSScriptRoot 'common.ps1')

Assert-Administrator
$note = Get-InstallNote $DataFolder
$node = Find-Node
if (-not $BackupFolder) { $BackupFolder = Join-Path $DataFolder 'backups' }
New-Item -ItemType Directory -Force -Path $BackupFolder | Out-Null
$backup = Join-Path $BackupFolder ('wattkeep-{0}.db' -f (Get-Date -Format 'yyyyMMdd-HHmmss'))
$env:WATTKEEP_DATA = $DataFolder
$program = Join-Path $note.appFolder 'dist\wattkeep.js'
Invoke-Checked $node @($program, 'backup', $backup, '--config', $note.configFile) 'The backup'
Write-Output "Backup: $backup"

Stop-Wattkeep $note.mode $node $note.appFolder $note.configFile $DataFolder
try {
    if (-not $SkipBuild) { Invoke-Build $note.appFolder }
} finally {
    Start-Wattkeep $note.mode
}
& (Join-Path $PSScriptRoot 'smoke-test.ps1') -DataFolder $DataFolder
