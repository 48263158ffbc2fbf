namespace Portal.Tests.Foundation;

public class ChoiceTests
{
    [Theory]
    [InlineData("dead", DeliveryStatus.Dead)]
    [InlineData("Dead", DeliveryStatus.Dead)]
    [InlineData("3", null)]
    [InlineData("gone", null)]
    [InlineData("", null)]
    public void An_address_names_a_value_in_any_case_and_nothing_else(string text, DeliveryStatus? value) =>
        Assert.Equal(value, Choice<DeliveryStatus>.TryParse(text, out var choice) ? choice.Value : null);

    [Fact]
    public async Task A_list_is_filtered_by_a_value_as_answers_write_it()
    {
        await using var server = new PortalServer();
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        Assert.All((await admin.JsonAsync("/api/deliveries?status=dead")).GetProperty("items").EnumerateArray(), d => Assert.Equal("dead", d.Text("status")));
        using var refused = await admin.GetAsync(new Uri("/api/deliveries?status=gone", UriKind.Relative), Ct);
        await refused.RefusedAsync(System.Net.HttpStatusCode.BadRequest, "malformed");
    }
}
