/*
  Tables of the mirror. Safe to run again: what is there stays as it is.
  Every time in them is the plant's own clock, without a zone; columns that end in Utc are UTC.
*/
SET ANSI_NULLS ON;
SET QUOTED_IDENTIFIER ON;
GO

-- One row per demand interval, by the end of the interval. Kept for ever.
IF OBJECT_ID(N'dbo.KYZ_Interval', N'U') IS NULL
CREATE TABLE dbo.KYZ_Interval (
    IntervalEnd     datetime2(0)  NOT NULL,
    PulseCount      int           NOT NULL,
    kWh             decimal(18,6) NOT NULL,
    kW              decimal(18,6) NOT NULL,
    Total_kWh       decimal(18,6) NULL,
    R17Exclude      bit           NOT NULL CONSTRAINT DF_KYZ_Interval_R17Exclude DEFAULT (0),
    KyzInvalidAlarm bit           NOT NULL CONSTRAINT DF_KYZ_Interval_KyzInvalidAlarm DEFAULT (0),
    CONSTRAINT PK_KYZ_Interval PRIMARY KEY CLUSTERED (IntervalEnd)
);
GO

-- One row per 15 seconds with pulses. Wattkeep takes out what is older than 60 days.
IF OBJECT_ID(N'dbo.KYZ_Live15s', N'U') IS NULL
CREATE TABLE dbo.KYZ_Live15s (
    SampleEnd     datetime2(0) NOT NULL,
    PulseCount    bigint       NOT NULL,
    kWh           float        NOT NULL,
    kW            float        NOT NULL,
    Total_kWh     float        NULL,
    InsertedAtUtc datetime2(3) NOT NULL CONSTRAINT DF_KYZ_Live15s_InsertedAtUtc DEFAULT (SYSUTCDATETIME()),
    CONSTRAINT PK_KYZ_Live15s PRIMARY KEY CLUSTERED (SampleEnd)
);
GO

-- One row per calendar month, computed by Wattkeep with the plant's own tariff. Kept for ever.
IF OBJECT_ID(N'dbo.KYZ_MonthlyDemand', N'U') IS NULL
CREATE TABLE dbo.KYZ_MonthlyDemand (
    month_start             date         NOT NULL,
    top3_avg_kW             float        NULL,
    peak_kW                 float        NULL,
    Energy_kWh              float        NULL,
    HighestPrev11_Billed_kW float        NULL,
    RatchetFloor_kW         float        NULL,
    Billed_kW               float        NULL,
    ComputedAtUtc           datetime2(3) NOT NULL CONSTRAINT DF_KYZ_MonthlyDemand_ComputedAtUtc DEFAULT (SYSUTCDATETIME()),
    CONSTRAINT PK_KYZ_MonthlyDemand PRIMARY KEY CLUSTERED (month_start)
);
GO

-- What became of each file of the PLC. A path longer than the key is told by its end.
IF OBJECT_ID(N'dbo.KYZ_PlcCsvIngestLog', N'U') IS NULL
CREATE TABLE dbo.KYZ_PlcCsvIngestLog (
    FilePath         nvarchar(450)  NOT NULL,
    FileSizeBytes    bigint         NOT NULL,
    LastWriteTimeUtc datetime2(3)   NOT NULL,
    Sha256           char(64)       NULL,
    ProcessedAtUtc   datetime2(3)   NOT NULL,
    IngestStatus     nvarchar(16)   NOT NULL,
    IngestRowCount   int            NOT NULL,
    IntervalMin      datetime2(0)   NULL,
    IntervalMax      datetime2(0)   NULL,
    ErrorMessage     nvarchar(4000) NULL,
    CONSTRAINT PK_KYZ_PlcCsvIngestLog PRIMARY KEY CLUSTERED (FilePath)
);
GO
