using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Core.Foundation.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Integrations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Inbox_NextTryAt_Id",
                table: "Inbox");

            migrationBuilder.DropIndex(
                name: "IX_Inbox_Provider_EventId",
                table: "Inbox");

            migrationBuilder.AddColumn<int>(
                name: "WebhookDays",
                table: "Retention",
                type: "int",
                nullable: false,
                defaultValue: 90);

            migrationBuilder.AddColumn<bool>(
                name: "IsComplaint",
                table: "MailSuppressions",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "ClientId",
                table: "Inbox",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsSandbox",
                table: "Inbox",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Note",
                table: "Inbox",
                type: "nvarchar(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "State",
                table: "Inbox",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "Deliveries",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "Notice");

            migrationBuilder.CreateTable(
                name: "ApiConfigurations",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Provider = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Mark = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    SearchName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    ApiUrl = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true),
                    ConfigData = table.Column<string>(type: "nvarchar(max)", maxLength: -1, nullable: false),
                    IsSandbox = table.Column<bool>(type: "bit", nullable: false),
                    ActiveAs = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    DeactivatedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Status = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    StatusWords = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true),
                    StatusAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    CheckedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ExpiresAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ChangedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiConfigurations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DeliveryReports",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Channel = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Receipt = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Provider = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    HeardAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Status = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    DeliveredAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ReadAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Trouble = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeliveryReports", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "InboxAttempts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WebhookId = table.Column<long>(type: "bigint", nullable: false),
                    ClientId = table.Column<long>(type: "bigint", nullable: true),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Words = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    Host = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InboxAttempts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_InboxAttempts_Inbox_WebhookId",
                        column: x => x.WebhookId,
                        principalTable: "Inbox",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProviderHandovers",
                columns: table => new
                {
                    DeliveryId = table.Column<long>(type: "bigint", nullable: false),
                    ClientId = table.Column<long>(type: "bigint", nullable: true),
                    Provider = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    IsSandbox = table.Column<bool>(type: "bit", nullable: false),
                    Account = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    BeganAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    NextLookAt = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProviderHandovers", x => x.DeliveryId);
                });

            migrationBuilder.CreateTable(
                name: "RefusedProviders",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Provider = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    ToldAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RefusedProviders", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SentMessages",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ClientId = table.Column<long>(type: "bigint", nullable: true),
                    Channel = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    DeliveryId = table.Column<long>(type: "bigint", nullable: false),
                    Batch = table.Column<string>(type: "nvarchar(160)", maxLength: 160, nullable: false),
                    Recipient = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    RecipientSearch = table.Column<string>(type: "nvarchar(320)", maxLength: 320, nullable: false),
                    Subject = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    SubjectSearch = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Template = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    Language = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: true),
                    Values = table.Column<string>(type: "nvarchar(max)", maxLength: -1, nullable: true),
                    SentById = table.Column<long>(type: "bigint", nullable: false),
                    SentByName = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    HiddenAt = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SentMessages", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SentMessages_Deliveries_DeliveryId",
                        column: x => x.DeliveryId,
                        principalTable: "Deliveries",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SilentProviders",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Provider = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    LastCalledAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    NoticedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SilentProviders", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SimulatedCallbacks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Provider = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    EventId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Type = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    About = table.Column<string>(type: "nvarchar(160)", maxLength: 160, nullable: false),
                    Path = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Sealed = table.Column<string>(type: "nvarchar(max)", maxLength: -1, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Answer = table.Column<int>(type: "int", nullable: true),
                    DoneAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Tries = table.Column<int>(type: "int", nullable: false),
                    NextTryAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Trouble = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SimulatedCallbacks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SimulatedObjects",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Provider = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(24)", maxLength: 24, nullable: false),
                    ExternalId = table.Column<string>(type: "nvarchar(160)", maxLength: 160, nullable: false),
                    Owner = table.Column<string>(type: "nvarchar(320)", maxLength: 320, nullable: true),
                    Status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    Sealed = table.Column<string>(type: "nvarchar(max)", maxLength: -1, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SimulatedObjects", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WebhookRefusals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Provider = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Hour = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Count = table.Column<int>(type: "int", nullable: false),
                    FirstAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    LastAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WebhookRefusals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ApiSecrets",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ConfigurationId = table.Column<long>(type: "bigint", nullable: false),
                    Field = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Sealed = table.Column<string>(type: "nvarchar(max)", maxLength: -1, nullable: false),
                    KeyId = table.Column<long>(type: "bigint", nullable: false),
                    Fingerprint = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false),
                    LastFour = table.Column<string>(type: "nvarchar(4)", maxLength: 4, nullable: true),
                    SetAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ReplacedAt = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiSecrets", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ApiSecrets_ApiConfigurations_ConfigurationId",
                        column: x => x.ConfigurationId,
                        principalTable: "ApiConfigurations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Inbox_EventId_Provider",
                table: "Inbox",
                columns: new[] { "EventId", "Provider" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Inbox_NextTryAt_Id",
                table: "Inbox",
                columns: new[] { "NextTryAt", "Id" },
                filter: "\"NextTryAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Inbox_Provider_Id",
                table: "Inbox",
                columns: new[] { "Provider", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Inbox_ReceivedAt_Id",
                table: "Inbox",
                columns: new[] { "ReceivedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Inbox_State_Id",
                table: "Inbox",
                columns: new[] { "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_Receipt_Channel",
                table: "Deliveries",
                columns: new[] { "Receipt", "Channel" },
                filter: "\"Kind\" = 'Message'");

            migrationBuilder.CreateIndex(
                name: "IX_ApiConfigurations_ActiveAs",
                table: "ApiConfigurations",
                column: "ActiveAs",
                unique: true,
                filter: "[ActiveAs] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ApiConfigurations_Provider_Id",
                table: "ApiConfigurations",
                columns: new[] { "Provider", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ApiConfigurations_SearchName",
                table: "ApiConfigurations",
                column: "SearchName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ApiConfigurations_SearchName_Id",
                table: "ApiConfigurations",
                columns: new[] { "SearchName", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ApiSecrets_ConfigurationId_Field_ReplacedAt",
                table: "ApiSecrets",
                columns: new[] { "ConfigurationId", "Field", "ReplacedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ApiSecrets_KeyId_Id",
                table: "ApiSecrets",
                columns: new[] { "KeyId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ApiSecrets_ReplacedAt",
                table: "ApiSecrets",
                column: "ReplacedAt");

            migrationBuilder.CreateIndex(
                name: "IX_DeliveryReports_HeardAt_Id",
                table: "DeliveryReports",
                columns: new[] { "HeardAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_DeliveryReports_Receipt_Channel",
                table: "DeliveryReports",
                columns: new[] { "Receipt", "Channel" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_InboxAttempts_WebhookId_Id",
                table: "InboxAttempts",
                columns: new[] { "WebhookId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ProviderHandovers_BeganAt",
                table: "ProviderHandovers",
                column: "BeganAt");

            migrationBuilder.CreateIndex(
                name: "IX_ProviderHandovers_Provider_NextLookAt",
                table: "ProviderHandovers",
                columns: new[] { "Provider", "NextLookAt" },
                filter: "\"NextLookAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_RefusedProviders_Provider",
                table: "RefusedProviders",
                column: "Provider",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SentMessages_Batch",
                table: "SentMessages",
                column: "Batch");

            migrationBuilder.CreateIndex(
                name: "IX_SentMessages_Channel_Id",
                table: "SentMessages",
                columns: new[] { "Channel", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_SentMessages_ClientId_Id",
                table: "SentMessages",
                columns: new[] { "ClientId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_SentMessages_DeliveryId",
                table: "SentMessages",
                column: "DeliveryId");

            migrationBuilder.CreateIndex(
                name: "IX_SentMessages_RecipientSearch_Id",
                table: "SentMessages",
                columns: new[] { "RecipientSearch", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_SentMessages_SubjectSearch_Id",
                table: "SentMessages",
                columns: new[] { "SubjectSearch", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_SilentProviders_Provider",
                table: "SilentProviders",
                column: "Provider",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SimulatedCallbacks_DoneAt",
                table: "SimulatedCallbacks",
                column: "DoneAt");

            migrationBuilder.CreateIndex(
                name: "IX_SimulatedCallbacks_NextTryAt_Id",
                table: "SimulatedCallbacks",
                columns: new[] { "NextTryAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_SimulatedCallbacks_Provider_About_Id",
                table: "SimulatedCallbacks",
                columns: new[] { "Provider", "About", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_SimulatedCallbacks_Provider_Id",
                table: "SimulatedCallbacks",
                columns: new[] { "Provider", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_SimulatedObjects_Kind_CreatedAt",
                table: "SimulatedObjects",
                columns: new[] { "Kind", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_SimulatedObjects_Provider_Kind_ExternalId",
                table: "SimulatedObjects",
                columns: new[] { "Provider", "Kind", "ExternalId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SimulatedObjects_Provider_Kind_Id",
                table: "SimulatedObjects",
                columns: new[] { "Provider", "Kind", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_SimulatedObjects_Provider_Kind_Owner_Id",
                table: "SimulatedObjects",
                columns: new[] { "Provider", "Kind", "Owner", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_WebhookRefusals_LastAt",
                table: "WebhookRefusals",
                column: "LastAt");

            migrationBuilder.CreateIndex(
                name: "IX_WebhookRefusals_Provider_Reason_Hour",
                table: "WebhookRefusals",
                columns: new[] { "Provider", "Reason", "Hour" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ApiSecrets");

            migrationBuilder.DropTable(
                name: "DeliveryReports");

            migrationBuilder.DropTable(
                name: "InboxAttempts");

            migrationBuilder.DropTable(
                name: "ProviderHandovers");

            migrationBuilder.DropTable(
                name: "RefusedProviders");

            migrationBuilder.DropTable(
                name: "SentMessages");

            migrationBuilder.DropTable(
                name: "SilentProviders");

            migrationBuilder.DropTable(
                name: "SimulatedCallbacks");

            migrationBuilder.DropTable(
                name: "SimulatedObjects");

            migrationBuilder.DropTable(
                name: "WebhookRefusals");

            migrationBuilder.DropTable(
                name: "ApiConfigurations");

            migrationBuilder.DropIndex(
                name: "IX_Inbox_EventId_Provider",
                table: "Inbox");

            migrationBuilder.DropIndex(
                name: "IX_Inbox_NextTryAt_Id",
                table: "Inbox");

            migrationBuilder.DropIndex(
                name: "IX_Inbox_Provider_Id",
                table: "Inbox");

            migrationBuilder.DropIndex(
                name: "IX_Inbox_ReceivedAt_Id",
                table: "Inbox");

            migrationBuilder.DropIndex(
                name: "IX_Inbox_State_Id",
                table: "Inbox");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_Receipt_Channel",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "WebhookDays",
                table: "Retention");

            migrationBuilder.DropColumn(
                name: "IsComplaint",
                table: "MailSuppressions");

            migrationBuilder.DropColumn(
                name: "ClientId",
                table: "Inbox");

            migrationBuilder.DropColumn(
                name: "IsSandbox",
                table: "Inbox");

            migrationBuilder.DropColumn(
                name: "Note",
                table: "Inbox");

            migrationBuilder.DropColumn(
                name: "State",
                table: "Inbox");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "Deliveries");

            migrationBuilder.CreateIndex(
                name: "IX_Inbox_NextTryAt_Id",
                table: "Inbox",
                columns: new[] { "NextTryAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Inbox_Provider_EventId",
                table: "Inbox",
                columns: new[] { "Provider", "EventId" },
                unique: true);
        }
    }
}
