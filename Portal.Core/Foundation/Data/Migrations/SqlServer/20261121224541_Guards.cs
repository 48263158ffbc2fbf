using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Core.Foundation.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Guards : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "RecipientSearch",
                table: "Deliveries",
                type: "nvarchar(400)",
                maxLength: 400,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "IX_Invitations_ExpiresAt",
                table: "Invitations",
                column: "ExpiresAt",
                filter: "[AcceptedAt] IS NULL AND [WithdrawnAt] IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Events_DoneAt",
                table: "Events",
                column: "DoneAt",
                filter: "[DoneAt] IS NULL AND [NextTryAt] IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Events_SubjectKind_Id",
                table: "Events",
                columns: new[] { "SubjectKind", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Events_Type_At_SubjectId",
                table: "Events",
                columns: new[] { "Type", "At", "SubjectId" });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_RecipientSearch_Id",
                table: "Deliveries",
                columns: new[] { "RecipientSearch", "Id" });

            // What is computed for new rows, for those that are there already.
            migrationBuilder.Sql("UPDATE Deliveries SET RecipientSearch = LOWER(Recipient)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Invitations_ExpiresAt",
                table: "Invitations");

            migrationBuilder.DropIndex(
                name: "IX_Events_DoneAt",
                table: "Events");

            migrationBuilder.DropIndex(
                name: "IX_Events_SubjectKind_Id",
                table: "Events");

            migrationBuilder.DropIndex(
                name: "IX_Events_Type_At_SubjectId",
                table: "Events");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_RecipientSearch_Id",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "RecipientSearch",
                table: "Deliveries");
        }
    }
}
