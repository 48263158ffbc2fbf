using System.Security.Claims;
using Microsoft.Net.Http.Headers;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>Files that a browser asks for with its cookie: pictures, and a person's own data.</summary>
public static class PersonalFiles
{
    public static void MapPersonalFiles(this WebApplication app)
    {
        app.MapGet("/pictures/person/{id:long}", (HttpContext http, Pictures pictures, long id) => SendAsync(http, pictures, PictureOf.Person, id)).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/pictures/client/{id:long}", (HttpContext http, Pictures pictures, long id) => SendAsync(http, pictures, PictureOf.Client, id)).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/pictures/agency", (HttpContext http, Pictures pictures) => SendAsync(http, pictures, PictureOf.Agency, Agency.TheId)).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/account/export", ExportAsync).RequireAuthorization().ExcludeFromDescription();
    }

    private static async Task<IResult> SendAsync(HttpContext http, Pictures pictures, PictureOf of, long id)
    {
        var picture = await pictures.ReadAsync(http.User.ToActor(), of, id, http.RequestAborted);

        // Asked for again each time, and answered "not changed": whoever may not see it any more does not.
        http.Response.Headers.CacheControl = of is PictureOf.Agency ? "public, no-cache" : "private, no-cache";
        http.Response.Headers.ContentDisposition = $"inline; filename=picture.{picture.ContentType.Split('/')[^1]}";
        return Results.Stream(picture.Content, picture.ContentType, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(picture.Sha256)}\""));
    }

    private static async Task<IResult> ExportAsync(HttpContext http, ClaimsPrincipal user, OwnData data)
    {
        var export = await data.ExportAsync(user.ToActor(), http.RequestAborted);
        http.Response.Headers.ContentDisposition = "attachment; filename=my-data.json";
        return Results.Json(export);
    }
}
