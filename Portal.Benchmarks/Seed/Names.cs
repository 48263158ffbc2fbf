namespace Portal.Benchmarks.Seed;

/// <summary>What a thousand invented organisations and their people are called: the same number has the same name in every portal.</summary>
internal static class Names
{
    private static readonly string[] Firsts =
    [
        "Rudo", "Anesu", "Meera", "Themba", "Lindiwe", "Brian", "Pieter", "Ayanda", "Mutale", "Joseph", "Naledi", "Riaan", "Zinhle", "Kabelo", "Kagiso", "Arjun",
        "Sunita", "Vikram", "Eleanor", "Samir", "Tom", "Hannah", "Imke", "Sipho", "Lerato", "Farhan", "Lakshmi", "Amina", "Peter", "Mpho", "Elmarie",
    ];

    private static readonly string[] Lasts =
    [
        "Chikafu", "Banda", "Iyer", "Sithole", "Mpofu", "Chuma", "van Wyk", "Zulu", "Phiri", "Khumalo", "Botha", "Ndlovu", "Moloi", "Molefe", "Mehta", "Rao",
        "Shah", "Hughes", "Patel", "Barraclough", "Osei", "Jacobs", "Dlamini", "Nkosi", "Qureshi", "Reddy", "Hassan", "Otieno", "Tau", "Steyn", "Grant", "Begum", "Nangolo", "Kulkarni", "Ávila", "Øst", "Tran",
    ];

    private static readonly string[] Places =
    [
        "Kopje", "Savanna", "Zambezi", "Impala", "Baobab", "Lotus", "Harbour", "Northgate", "Marula", "Deccan", "Coastal", "Highveld", "Thames", "Ubuntu", "Pune", "Cedar",
        "Rift Valley", "Blue Crane", "Saffron", "Whitby", "Sunbird", "Garden Route", "Limpopo", "Karoo", "Malabar", "Pennine", "Okavango", "Table Bay", "Nilgiri", "Severn", "Éclat", "Drakensberg", "Mara",
    ];

    private static readonly string[] Trades =
    [
        "Coffee Roasters", "Print", "Outfitters", "Insurance Brokers", "Dental", "Textiles", "Physio", "Skincare", "Foods", "Solar", "Legal", "Cycle Works", "Housing Trust", "Robotics", "Tours", "Books",
        "Catering", "Sailmakers", "Telecoms", "Stays", "Promotions", "Opticians", "Timber", "Logistics", "Academy", "Florists", "Motors", "Plumbing", "Vineyards", "Studios", "Ceramics",
    ];

    public static string Person(int number) => $"{Firsts[number % Firsts.Length]} {Lasts[number % Lasts.Length]}{Again(number, Firsts.Length * Lasts.Length)}";

    public static string Client(int number) => $"{Places[number % Places.Length]} {Trades[number % Trades.Length]}{Again(number, Places.Length * Trades.Length)}";

    // The two lengths of a pair share no factor: every combination comes before one comes again.
    private static string Again(int number, int different) => number < different ? "" : FormattableString.Invariant($" {(number / different) + 1}");
}
