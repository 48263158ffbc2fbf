using System.Net;
using System.Net.Http.Headers;
using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

public sealed class PicturesTests(PortalServer server) : IClassFixture<PortalServer>
{
    /// <summary>One blue pixel.</summary>
    public static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADBwIAMCbHYQAAAABJRU5ErkJggg==");

    [Fact]
    public async Task A_new_picture_takes_the_place_of_the_old_one_and_nothing_is_left_of_that()
    {
        var me = await server.ActorAsync(PortalServer.MarketingAgent);
        var first = await SetAsync(me, PictureOf.Person, me.UserId);
        var second = await SetAsync(me, PictureOf.Person, me.UserId);
        Assert.NotEqual(first, second);
        Assert.Equal(second, (await server.Get<OwnProfile>().GetAsync(me, Ct)).PhotoUrl);
        await using (var db = server.Open())
            Assert.Equal((false, true), (await db.Files.AnyAsync(f => f.Id == FileId(first), Ct), await db.Files.AnyAsync(f => f.Id == FileId(second), Ct)));

        await server.Get<Pictures>().RemoveAsync(me, PictureOf.Person, me.UserId, Ct);
        await server.Get<Pictures>().RemoveAsync(me, PictureOf.Person, me.UserId, Ct);

        Assert.Null((await server.Get<OwnProfile>().GetAsync(me, Ct)).PhotoUrl);
        await Assert.ThrowsAsync<NotFound>(() => server.Get<Pictures>().ReadAsync(me, PictureOf.Person, me.UserId, Ct));
        Assert.Equal(3, await server.EventsAsync(me.UserId, "own_profile_changed"));
    }

    [Fact]
    public async Task Nobody_changes_what_is_not_theirs_and_nothing_but_pictures_is_taken()
    {
        var (viewer, owner, globex) = (await server.ActorAsync(PortalServer.AcmeViewer), await server.ActorAsync(PortalServer.AcmeOwner), await server.ActorAsync(PortalServer.GlobexOwner));
        var acme = owner.Grants[0].ClientId;
        await Assert.ThrowsAsync<NotFound>(() => SetAsync(owner, PictureOf.Person, viewer.UserId));
        await Assert.ThrowsAsync<Forbidden>(() => SetAsync(viewer, PictureOf.Client, acme));
        await Assert.ThrowsAsync<NotFound>(() => SetAsync(globex, PictureOf.Client, acme));
        await Assert.ThrowsAsync<Forbidden>(() => SetAsync(owner, PictureOf.Agency, Agency.TheId));
        using var text = new MemoryStream("<svg onload=alert(1)>"u8.ToArray());
        await Assert.ThrowsAsync<Invalid>(() => server.Get<Pictures>().SetAsync(owner, PictureOf.Person, owner.UserId, "me.png", text, Ct));
        using var large = new MemoryStream([.. Png, .. new byte[Pictures.MostBytes]]);
        await Assert.ThrowsAsync<Invalid>(() => server.Get<Pictures>().SetAsync(owner, PictureOf.Person, owner.UserId, "me.png", large, Ct));

        await using var db = server.Open();
        Assert.All(await db.Users.ToListAsync(Ct), u => Assert.True(u.PhotoId is null || u.Email == PortalServer.MarketingAgent || u.Email == PortalServer.AcmeViewer));
        Assert.Null((await db.Clients.SingleAsync(c => c.Id == globex.Grants[0].ClientId, Ct)).LogoId);
    }

    [Fact]
    public async Task A_picture_is_seen_by_those_who_share_a_client_with_the_person_and_looks_missing_to_others()
    {
        var (viewer, owner, admin) = (await server.ActorAsync(PortalServer.AcmeViewer), await server.ActorAsync(PortalServer.AcmeOwner), await server.ActorAsync(PortalServer.Admin));
        await SetAsync(viewer, PictureOf.Person, viewer.UserId);
        await SetAsync(owner, PictureOf.Client, owner.Grants[0].ClientId);
        await SetAsync(admin, PictureOf.Agency, Agency.TheId);

        foreach (var who in new[] { viewer, owner, admin, await server.ActorAsync(PortalServer.MarketingAgent) })
        {
            await (await server.Get<Pictures>().ReadAsync(who, PictureOf.Person, viewer.UserId, Ct)).Content.DisposeAsync();
            await (await server.Get<Pictures>().ReadAsync(who, PictureOf.Client, owner.Grants[0].ClientId, Ct)).Content.DisposeAsync();
        }

        var stranger = await server.ActorAsync(PortalServer.GlobexOwner);
        await Assert.ThrowsAsync<NotFound>(() => server.Get<Pictures>().ReadAsync(stranger, PictureOf.Person, viewer.UserId, Ct));
        await Assert.ThrowsAsync<NotFound>(() => server.Get<Pictures>().ReadAsync(stranger, PictureOf.Client, owner.Grants[0].ClientId, Ct));
    }

    [Fact]
    public async Task The_logo_of_the_agency_is_on_the_door_and_sent_again_only_when_it_has_changed()
    {
        var address = await SetAsync(await server.ActorAsync(PortalServer.Admin), PictureOf.Agency, Agency.TheId);
        using var client = server.CreateClient(new() { AllowAutoRedirect = false });
        using var first = await client.GetAsync(new Uri(address, UriKind.Relative), Ct);
        Assert.Equal((HttpStatusCode.OK, "image/png", "inline", "nosniff"), (
            first.StatusCode, first.Content.Headers.ContentType?.MediaType, first.Content.Headers.ContentDisposition?.DispositionType, first.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Equal(Png, await first.Content.ReadAsByteArrayAsync(Ct));

        using var again = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { EntityTagHeaderValue.Parse(first.Headers.ETag!.ToString()) } } };
        using var second = await client.SendAsync(again, Ct);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        using var person = await client.GetAsync(new Uri("/pictures/person/1", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Redirect, person.StatusCode); // to sign-in
    }

    private static long FileId(string url) => long.Parse(url.Split("v=")[1], System.Globalization.CultureInfo.InvariantCulture);

    private async Task<string> SetAsync(Actor actor, PictureOf of, long id)
    {
        using var content = new MemoryStream(Png);
        return await server.Get<Pictures>().SetAsync(actor, of, id, "picture.png", content, Ct);
    }
}
