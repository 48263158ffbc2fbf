using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Api;

public static class ClientImportApi
{
    public static void MapClientImport(this RouteGroupBuilder clients)
    {
        clients.MapPost("/import", async (ClaimsPrincipal user, HttpRequest request, ClientImport import, [AsParameters] How how, CancellationToken ct) =>
            {
                var file = await FileAsync(request, ct);
                return how.DryRun is true
                    ? await import.PreviewAsync(user.ToActor(), file, ct)
                    : await import.RunAsync(user.ToActor(), file, how.Invite is true, ct: ct);
            })
            .Says("Import existing clients", "A CSV of at most 2 MB and 5,000 rows, as the body or as a file in a form. Rows that are here already by name or owner's address are skipped, so it may be repeated. dry_run=true only tries; invite=true sends the owners their invitations.")
            .Accepts<string>("text/csv", "multipart/form-data")
            .For(Can.ManageClients).Produces<ImportReport>().Refuses(400, 413, 415, 422);

        clients.MapGet("/import/template", (ClaimsPrincipal user) => new SheetResult(ClientImport.Template(user.ToActor()), "csv", "clients-template"))
            .Says("A file to fill", "The columns that an import knows, with one client as an example.")
            .For(Can.ManageClients).Produces(200, contentType: "text/csv");
    }

    private static async Task<byte[]> FileAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.HasFormContentType)
        {
            var form = await request.FormAsync(ct);
            await using var file = (form.Files.Count == 1 ? form.Files[0] : throw new Invalid("file", "Send one file.")).OpenReadStream();
            return await BytesAsync(file, ct);
        }

        return await BytesAsync(request.Body, ct);
    }

    private static async Task<byte[]> BytesAsync(Stream from, CancellationToken ct)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, ct) is > 0 and var read)
        {
            await copy.WriteAsync(buffer.AsMemory(0, read), ct);
            if (copy.Length > ClientImport.LargestFile)
                throw new BadHttpRequestException("The file is too large.", StatusCodes.Status413PayloadTooLarge);
        }

        return copy.ToArray();
    }

    internal sealed class How
    {
        [FromQuery(Name = "dry_run")]
        public bool? DryRun { get; set; }

        [FromQuery(Name = "invite")]
        public bool? Invite { get; set; }
    }
}
