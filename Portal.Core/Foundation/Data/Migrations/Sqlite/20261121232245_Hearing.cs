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
            migrationBuilder.DropIndex(
                name: "IX_Deliveries_NextTryAt_Id",
                table: "Deliveries");

            migrationBuilder.AddColumn<string>(
                name: "Html",
                table: "Deliveries",
                type: "TEXT",
                maxLength: -1,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsCritical",
                table: "Deliveries",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "UnsubscribeUrl",
                table: "Deliveries",
                type: "TEXT",
                maxLength: 1000,
                nullable: true);

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

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_Channel_NextTryAt_Id",
                table: "Deliveries",
                columns: new[] { "Channel", "NextTryAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_MailSuppressions_Address",
                table: "MailSuppressions",
                column: "Address",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MailSuppressions");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_Channel_NextTryAt_Id",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "Html",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "IsCritical",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "UnsubscribeUrl",
                table: "Deliveries");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_NextTryAt_Id",
                table: "Deliveries",
                columns: new[] { "NextTryAt", "Id" });
        }
    }
}
