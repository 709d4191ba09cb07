/*
  The two users, for an Azure SQL database or a contained database. Run with sqlcmd, which puts the passwords in:

    sqlcmd -S example.database.windows.net -d energy -U admin -i 004_users.sql -v IngestorPassword="..." DashboardPassword="..."

  On a SQL Server without contained databases make two logins first and let the users follow them:

    CREATE LOGIN kyz_ingestor  WITH PASSWORD = '...';   CREATE USER kyz_ingestor  FOR LOGIN kyz_ingestor;
    CREATE LOGIN kyz_dashboard WITH PASSWORD = '...';   CREATE USER kyz_dashboard FOR LOGIN kyz_dashboard;
*/
IF USER_ID(N'kyz_ingestor') IS NULL
CREATE USER kyz_ingestor WITH PASSWORD = N'$(IngestorPassword)';
GO

IF USER_ID(N'kyz_dashboard') IS NULL
CREATE USER kyz_dashboard WITH PASSWORD = N'$(DashboardPassword)';
GO
