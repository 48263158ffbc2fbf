using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Core.Foundation.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Hearing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "DeliveryTexts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Body = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    Html = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    UnsubscribeUrl = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeliveryTexts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_DeliveryTexts_Deliveries_Id",
                        column: x => x.Id,
                        principalTable: "Deliveries",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            // What was written before stays readable, and what waits is still sent.
            migrationBuilder.Sql("INSERT INTO DeliveryTexts (Id, Body) SELECT Id, Body FROM Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_Holder",
                table: "Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_NextTryAt_Id",
                table: "Deliveries");

            // As EF Core drops a column of SQLite, the table is built anew outside the transaction: who was killed in it would never start again.
            migrationBuilder.Sql("ALTER TABLE Deliveries DROP COLUMN Body");

            migrationBuilder.AddColumn<long>(
                name: "EveryMs",
                table: "Jobs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "FailedInARow",
                table: "Jobs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Host",
                table: "Jobs",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LastTraceId",
                table: "Jobs",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "LookedAt",
                table: "Jobs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PausedAt",
                table: "Jobs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PausedBy",
                table: "Jobs",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Host",
                table: "Deliveries",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsCritical",
                table: "Deliveries",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "TitleSearch",
                table: "Deliveries",
                type: "TEXT",
                maxLength: 80,
                nullable: false,
                defaultValue: "");
            migrationBuilder.Sql("UPDATE Deliveries SET TitleSearch = SUBSTR(LOWER(Title), 1, 80)");

            migrationBuilder.AddColumn<int>(
                name: "TookMs",
                table: "Deliveries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Topic",
                table: "Deliveries",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TriedAt",
                table: "Deliveries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "UserId",
                table: "Deliveries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "DeliveryAttempts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    DeliveryId = table.Column<long>(type: "INTEGER", nullable: false),
                    ClientId = table.Column<long>(type: "INTEGER", nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    TookMs = table.Column<int>(type: "INTEGER", nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Host = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeliveryAttempts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_DeliveryAttempts_Deliveries_DeliveryId",
                        column: x => x.DeliveryId,
                        principalTable: "Deliveries",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DigestItems",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    ClientId = table.Column<long>(type: "INTEGER", nullable: true),
                    EventId = table.Column<long>(type: "INTEGER", nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    Link = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DueAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    SaidIn = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DigestItems", x => x.Id);
                    table.ForeignKey(
                        name: "FK_DigestItems_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "HearingChoices",
                columns: table => new
                {
                    Type = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    On = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Off = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HearingChoices", x => new { x.UserId, x.Type });
                    table.ForeignKey(
                        name: "FK_HearingChoices_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "HearingDefaults",
                columns: table => new
                {
                    Type = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    On = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Off = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HearingDefaults", x => x.Type);
                });

            migrationBuilder.CreateTable(
                name: "HearingSettings",
                columns: table => new
                {
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    QuietFrom = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    QuietTo = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    Digest = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    DigestHour = table.Column<int>(type: "INTEGER", nullable: false),
                    IsEmailPaused = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HearingSettings", x => x.UserId);
                    table.ForeignKey(
                        name: "FK_HearingSettings_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "JobRuns",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Job = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Host = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    BeganAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    TookMs = table.Column<int>(type: "INTEGER", nullable: false),
                    Runs = table.Column<int>(type: "INTEGER", nullable: false),
                    Did = table.Column<long>(type: "INTEGER", nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    TraceId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    AskedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JobRuns", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "MailSuppressions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Address = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Since = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailSuppressions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "MailTemplateEdits",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Template = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Body = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    EditedBy = table.Column<long>(type: "INTEGER", nullable: false),
                    EditedByName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    EditedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailTemplateEdits", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Notifications",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    ClientId = table.Column<long>(type: "INTEGER", nullable: true),
                    EventId = table.Column<long>(type: "INTEGER", nullable: true),
                    Type = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Category = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Times = table.Column<int>(type: "INTEGER", nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    Link = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ReadAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    SnoozedUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Place = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ChangedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notifications", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Notifications_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Retention",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    DeliveryDays = table.Column<int>(type: "INTEGER", nullable: false),
                    ReadNotificationDays = table.Column<int>(type: "INTEGER", nullable: false),
                    ArchivedNotificationDays = table.Column<int>(type: "INTEGER", nullable: false),
                    JobRunDays = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Retention", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "VerifiedNumbers",
                columns: table => new
                {
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    VerifiedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VerifiedNumbers", x => new { x.UserId, x.Channel });
                    table.ForeignKey(
                        name: "FK_VerifiedNumbers_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_Channel_Id",
                table: "Deliveries",
                columns: new[] { "Channel", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_Channel_IsCritical_NextTryAt_Id",
                table: "Deliveries",
                columns: new[] { "Channel", "IsCritical", "NextTryAt", "Id" },
                filter: "\"NextTryAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_CreatedAt_Id",
                table: "Deliveries",
                columns: new[] { "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_Holder",
                table: "Deliveries",
                column: "Holder",
                filter: "\"Holder\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_TitleSearch_Id",
                table: "Deliveries",
                columns: new[] { "TitleSearch", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_UserId_Id",
                table: "Deliveries",
                columns: new[] { "UserId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_DeliveryAttempts_DeliveryId_Id",
                table: "DeliveryAttempts",
                columns: new[] { "DeliveryId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_DigestItems_CreatedAt",
                table: "DigestItems",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_DigestItems_DueAt_UserId",
                table: "DigestItems",
                columns: new[] { "DueAt", "UserId" });

            migrationBuilder.CreateIndex(
                name: "IX_DigestItems_EventId_Type_UserId",
                table: "DigestItems",
                columns: new[] { "EventId", "Type", "UserId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DigestItems_SaidIn",
                table: "DigestItems",
                column: "SaidIn");

            migrationBuilder.CreateIndex(
                name: "IX_DigestItems_UserId_DueAt",
                table: "DigestItems",
                columns: new[] { "UserId", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_JobRuns_BeganAt_Id",
                table: "JobRuns",
                columns: new[] { "BeganAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_JobRuns_Job_Host_Id",
                table: "JobRuns",
                columns: new[] { "Job", "Host", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_JobRuns_Job_Id",
                table: "JobRuns",
                columns: new[] { "Job", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_JobRuns_Job_Outcome_Id",
                table: "JobRuns",
                columns: new[] { "Job", "Outcome", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_MailSuppressions_Address",
                table: "MailSuppressions",
                column: "Address",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MailTemplateEdits_Template_Language_Number",
                table: "MailTemplateEdits",
                columns: new[] { "Template", "Language", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_ChangedAt_UserId",
                table: "Notifications",
                columns: new[] { "ChangedAt", "UserId" });

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_EventId_Type_UserId",
                table: "Notifications",
                columns: new[] { "EventId", "Type", "UserId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_ReadAt_Id",
                table: "Notifications",
                columns: new[] { "ReadAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_SnoozedUntil_UserId",
                table: "Notifications",
                columns: new[] { "SnoozedUntil", "UserId" });

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_UserId_Place_At_Id",
                table: "Notifications",
                columns: new[] { "UserId", "Place", "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_UserId_Place_Category_At_Id",
                table: "Notifications",
                columns: new[] { "UserId", "Place", "Category", "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_UserId_Place_ReadAt_At",
                table: "Notifications",
                columns: new[] { "UserId", "Place", "ReadAt", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_UserId_Subject_Id",
                table: "Notifications",
                columns: new[] { "UserId", "Subject", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "DeliveryAttempts");

            migrationBuilder.DropTable(
                name: "DeliveryTexts");

            migrationBuilder.DropTable(
                name: "DigestItems");

            migrationBuilder.DropTable(
                name: "HearingChoices");

            migrationBuilder.DropTable(
                name: "HearingDefaults");

            migrationBuilder.DropTable(
                name: "HearingSettings");

            migrationBuilder.DropTable(
                name: "JobRuns");

            migrationBuilder.DropTable(
                name: "MailSuppressions");

            migrationBuilder.DropTable(
                name: "MailTemplateEdits");

            migrationBuilder.DropTable(
                name: "Notifications");

            migrationBuilder.DropTable(
                name: "Retention");

            migrationBuilder.DropTable(
                name: "VerifiedNumbers");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_Channel_Id",
                table: "Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_Channel_IsCritical_NextTryAt_Id",
                table: "Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_CreatedAt_Id",
                table: "Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_Holder",
                table: "Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_TitleSearch_Id",
                table: "Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_UserId_Id",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "EveryMs",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "FailedInARow",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "Host",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "LastTraceId",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "LookedAt",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "PausedAt",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "PausedBy",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "Host",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "IsCritical",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "TitleSearch",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "TookMs",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "Topic",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "TriedAt",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "UserId",
                table: "Deliveries");

            migrationBuilder.AddColumn<string>(
                name: "Body",
                table: "Deliveries",
                type: "TEXT",
                maxLength: -1,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_Holder",
                table: "Deliveries",
                column: "Holder");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_NextTryAt_Id",
                table: "Deliveries",
                columns: new[] { "NextTryAt", "Id" });
        }
    }
}
