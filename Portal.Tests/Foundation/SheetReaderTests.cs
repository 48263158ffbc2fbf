using System.Text;

namespace Portal.Tests.Foundation;

public class SheetReaderTests
{
    [Theory]
    [InlineData("a,b\r\n1,2\r\n")]
    [InlineData("a;b\n1;2")]
    [InlineData("a\tb\r1\t2\r")]
    [InlineData("\"a\",\"b\"\n\"1\",\"2\"\n")]
    [InlineData(" a , b \n 1 , 2 \n")]
    [InlineData("\"a\";b\n1;2")]
    public void Whoever_wrote_it_the_cells_are_the_same(string csv) =>
        Assert.Equal([["a", "b"], ["1", "2"]], Rows(csv));

    [Theory]
    [InlineData("\"a,b\",c", new[] { "a,b", "c" })]
    [InlineData("\"say \"\"hi\"\"\",c", new[] { "say \"hi\"", "c" })]
    [InlineData("\"two\r\nlines\",c", new[] { "two\r\nlines", "c" })]
    [InlineData("\"\",c", new[] { "", "c" })]
    [InlineData("a,,c,", new[] { "a", "", "c", "" })]
    [InlineData("\"a\"b,c", new[] { "ab", "c" })]
    [InlineData("\"a;b;c\",d", new[] { "a;b;c", "d" })]
    [InlineData("5\" pipe,c", new[] { "5\" pipe", "c" })]
    public void A_row_is_read_as_RFC_4180_has_it(string csv, string[] cells) => Assert.Equal([cells], Rows(csv));

    [Fact]
    public void Rows_keep_the_number_that_a_spreadsheet_shows_and_empty_ones_are_left_out() =>
        Assert.Equal([1, 4], SheetReader.Read("a,b\n\n,\nc,d\n").Select(r => r.Number));

    [Fact]
    public void A_quotation_mark_that_is_not_closed_is_refused_with_its_row() =>
        Assert.Contains("Row 2", Assert.Throws<Invalid>(() => SheetReader.Read("a\n\"b").ToList()).Message, StringComparison.Ordinal);

    [Fact]
    public void The_letters_are_right_in_every_encoding_that_spreadsheets_write()
    {
        const string Text = "Zürich, Café";
        byte[][] files = [Encoding.UTF8.GetBytes(Text), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)], [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)],
            [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)], Encoding.Latin1.GetBytes(Text)];
        Assert.All(files, file => Assert.Equal(Text, SheetReader.Decode(file)));
    }

    [Fact]
    public void Nothing_that_anyone_sends_is_a_bug()
    {
        var random = new Random(4180);
        const string Letters = "a,;\t\"\r\n ";
        for (var i = 0; i < 3_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => Letters[random.Next(Letters.Length)])]);
            Assert.True(Record.Exception(() => SheetReader.Read(text).ToList()) is null or Invalid, text);
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(string csv) => SheetReader.Read(csv).Select(r => r.Cells);
}
