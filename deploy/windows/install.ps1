<#
.SYNOPSIS
    Installs Wattkeep so that it runs from the start of Windows on, and starts it.
.DESCRIPTION
    Builds the program in its folder, gives the account LocalService what it needs and nothing more, and registers a
    Windows service through WinSW, which is downloaded once and checked against a fixed SHA-256. Where downloads are
    barred, give the file with -WinSwFile, or take -Mode Task: a start-up task that starts Wattkeep again when it fails.
    Running it again changes the choice; data stays.
.PARAMETER ConfigFile
    The configuration, such as C:\ProgramData\Wattkeep\wattkeep.yaml. Secrets belong into a file .env beside it.
.PARAMETER AppFolder
    Folder of Wattkeep. Left out: the one this script lies in.
.PARAMETER DataFolder
    Where data and logs are kept.
.PARAMETER Mode
    Service (WinSW) or Task (start-up task, no download).
.PARAMETER WinSwFile
    WinSW-x64.exe of version 2.12.0, downloaded elsewhere. It is checked as well.
.PARAMETER OpenPort
    Port to open in the firewall for private and domain networks. Left out: nobody but this computer.
.PARAMETER SkipBuild
    Use what is built already, for a computer without access to a package registry.
.EXAMPLE
    .\install.ps1 -ConfigFile C:\ProgramData\Wattkeep\wattkeep.yaml -OpenPort 8080
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][string]$ConfigFile,
    [string]$AppFolder = (Split-Path -Parent (Split-Path -Parent $PSScriptRoot)),
    [string]$DataFolder = (Join-Path $env:ProgramData 'Wattkeep'),
    [ValidateSet('Service', 'Task')][string]$Mode = 'Service',
    [string]$WinSwFile,
    [int]$OpenPort = 0,
    [switch]$SkipBuild
)
. (Join-Path $PSScriptRoot 'common.ps1')

$WinSwUrl = 'https://github.com/winsw/winsw/releases/download/v2.12.0/WinSW-x64.exe'
$WinSwSha256 = '05B82D46AD331CC16BDC00DE5C6332C1EF818DF8CEEFCD49C726553209B3A0DA'

# A copy of WinSW beside its settings; it is never run before its checksum is right.
function Get-WinSw([string]$Target) {
    if ($WinSwFile) {
        Copy-Item -LiteralPath $WinSwFile -Destination $Target -Force
    } elseif (-not (Test-Path -LiteralPath $Target)) {
        [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
        Invoke-WebRequest -UseBasicParsing -Uri $WinSwUrl -OutFile $Target
    }
    $hash = (Get-FileHash -LiteralPath $Target -Algorithm SHA256).Hash
    if ($hash -ne $WinSwSha256) {
        Remove-Item -LiteralPath $Target -Force
        throw "WinSW has the checksum $hash and not $WinSwSha256; it was deleted. Get version 2.12.0, or take -Mode Task."
    }
    Unblock-File -LiteralPath $Target
}

function ConvertTo-XmlText([string]$Text) { return [Security.SecurityElement]::Escape($Text) }

function Install-AsService([string]$NodeFile, [string]$ServiceFolder) {
    $exe = Join-Path $ServiceFolder 'wattkeep-service.exe'
    Get-WinSw $exe
    $program = Join-Path $AppFolder 'dist\wattkeep.js'
    $xml = @"
<service>
  <id>$ServiceName</id>
  <name>$(ConvertTo-XmlText $ServiceTitle)</name>
  <description>Keeps, shows and explains what meters and controllers say.</description>
  <executable>$(ConvertTo-XmlText $NodeFile)</executable>
  <startarguments>--max-semi-space-size=4 "$(ConvertTo-XmlText $program)" serve --config "$(ConvertTo-XmlText $ConfigFile)"</startarguments>
  <stopexecutable>$(ConvertTo-XmlText $NodeFile)</stopexecutable>
  <stoparguments>"$(ConvertTo-XmlText $program)" stop --config "$(ConvertTo-XmlText $ConfigFile)"</stoparguments>
  <workingdirectory>$(ConvertTo-XmlText $AppFolder)</workingdirectory>
  <env name="WATTKEEP_DATA" value="$(ConvertTo-XmlText $DataFolder)" />
  <startmode>Automatic</startmode>
  <delayedAutoStart>true</delayedAutoStart>
  <stoptimeout>60 sec</stoptimeout>
  <onfailure action="restart" delay="10 sec" />
  <onfailure action="restart" delay="60 sec" />
  <resetfailure>1 hour</resetfailure>
  <logpath>$(ConvertTo-XmlText (Join-Path $DataFolder 'logs'))</logpath>
  <log mode="roll-by-size"><sizeThreshold>10240</sizeThreshold><keepFiles>30</keepFiles></log>
</service>
"@
    Set-Content -LiteralPath (Join-Path $ServiceFolder 'wattkeep-service.xml') -Value $xml -Encoding UTF8
    Invoke-Checked $exe @('install') 'WinSW install'
    Invoke-Checked 'sc.exe' @('config', $ServiceName, 'obj=', $ServiceAccount) 'Choosing the service account'
}

function Install-AsTask([string]$NodeFile) {
    $script = Join-Path $PSScriptRoot 'run.ps1'
    $words = '-NoProfile -ExecutionPolicy Bypass -File "{0}" -NodeFile "{1}" -AppFolder "{2}" -ConfigFile "{3}" -DataFolder "{4}"' -f $script, $NodeFile, $AppFolder, $ConfigFile, $DataFolder
    $action = New-ScheduledTaskAction -Execute (Join-Path $env:SystemRoot 'System32\WindowsPowerShell\v1.0\powershell.exe') -Argument $words -WorkingDirectory $AppFolder
    $trigger = New-ScheduledTaskTrigger -AtStartup
    $principal = New-ScheduledTaskPrincipal -UserId $ServiceAccount -LogonType ServiceAccount -RunLevel Limited
    $settings = New-ScheduledTaskSettingsSet -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -StartWhenAvailable -MultipleInstances IgnoreNew -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) -ExecutionTimeLimit ([TimeSpan]::Zero)
    Register-ScheduledTask -TaskName $ServiceName -Description $ServiceTitle -Action $action -Trigger $trigger -Principal $principal -Settings $settings -Force | Out-Null
}

Assert-Administrator
if (-not [Environment]::Is64BitOperatingSystem) { throw 'Wattkeep needs a 64-bit Windows.' }
$ConfigFile = (Resolve-Path -LiteralPath $ConfigFile).ProviderPath
$AppFolder = (Resolve-Path -LiteralPath $AppFolder).ProviderPath
$node = Find-Node
if (-not $SkipBuild) { Invoke-Build $AppFolder }
if (-not (Test-Path -LiteralPath (Join-Path $AppFolder 'dist\wattkeep.js'))) { throw "There is no built program in $AppFolder; run this without -SkipBuild." }

$serviceFolder = Join-Path $DataFolder 'service'
foreach ($folder in @($DataFolder, (Join-Path $DataFolder 'logs'), $serviceFolder)) { New-Item -ItemType Directory -Force -Path $folder | Out-Null }
# LocalService reads the program, the configuration and what lies beside it, and writes its data. Nobody else reads secrets.
Invoke-Checked 'icacls.exe' @($DataFolder, '/inheritance:r', '/grant:r', '*S-1-5-18:(OI)(CI)F', '*S-1-5-32-544:(OI)(CI)F', "${ServiceAccountSid}:(OI)(CI)M", '/Q') 'Granting rights on the data folder'
Invoke-Checked 'icacls.exe' @($AppFolder, '/grant', "${ServiceAccountSid}:(OI)(CI)RX", '/Q') 'Granting rights on the program'
Invoke-Checked 'icacls.exe' @((Split-Path -Parent $ConfigFile), '/grant', "${ServiceAccountSid}:(OI)(CI)RX", '/Q') 'Granting rights on the configuration'

$before = Get-InstalledMode
if ($null -ne $before) { & (Join-Path $PSScriptRoot 'remove.ps1') -DataFolder $DataFolder -KeepFirewall }

$env:WATTKEEP_DATA = $DataFolder
& $node (Join-Path $AppFolder 'dist\wattkeep.js') check --config $ConfigFile
if ($LASTEXITCODE -eq 2) { throw 'The configuration has problems; nothing was installed.' }
if ($LASTEXITCODE -ne 0) { Write-Warning 'Something the configuration names does not answer yet; Wattkeep waits for it.' }

if ($Mode -eq 'Service') { Install-AsService $node $serviceFolder } else { Install-AsTask $node }
$note = @{ mode = $Mode; appFolder = $AppFolder; configFile = $ConfigFile; node = $node }
Set-Content -LiteralPath (Join-Path $DataFolder 'installed.json') -Value ($note | ConvertTo-Json) -Encoding UTF8

if ($OpenPort -gt 0) {
    Get-NetFirewallRule -Name $ServiceName -ErrorAction SilentlyContinue | Remove-NetFirewallRule
    New-NetFirewallRule -Name $ServiceName -DisplayName $ServiceTitle -Direction Inbound -Action Allow -Protocol TCP -LocalPort $OpenPort -Profile Private, Domain -Program $node | Out-Null
}
Start-Wattkeep $Mode
& (Join-Path $PSScriptRoot 'smoke-test.ps1') -DataFolder $DataFolder
